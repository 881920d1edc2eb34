import Foundation
import Testing

@testable import Datasets

/// `config/datasets.yaml`. The expected values are what `git ls-tree -l`, `git cat-file` and `sha256sum` say of the
/// repository of goodbooks-10k at the commit in the address.
struct PublishedTests {
    @Test func goodbooksIsPinned() throws {
        let dataset = try Dataset.published(named: "goodbooks-10k")
        #expect(dataset.base.hasSuffix("/zygmuntz/goodbooks-10k/6dd165b555a7b47b2dd36743a425776e641ff50c"))
        #expect(dataset.files.map(\.name) == ["books.csv", "tags.csv", "book_tags.csv", "ratings.csv", "to_read.csv"])
        #expect(dataset.files.map(\.ingestion) == [.books, .books, .books, .ratings, .ratings])
        #expect(dataset.files.map(\.exactSize) == [3_286_659, 722_480, nil, nil, nil])
        #expect(
            dataset.files.map { "\($0.checksum)" } == [
                "sha256:4d21d0e0433128657c752e3a3d0405ac0ec11675d6c70c64cb0abf4ab1acb76a",
                "sha256:87f316957564fa21c316a4f50afc87f07906f478f990eec027aaca00c536c449",
                "gitBlob:f82218f199850f533568eaf22529b5df1c545412",
                "gitBlob:0d245a10acfe3c89b2e4004cdbc805b99771ac5d",
                "gitBlob:bd19bb1ed6b9fb20f15c42e0af23e413aeaf1c04",
            ])
    }

    /// Each whole row of the dataset, at its longest, fits: 100 shelves for 10,000 books; 5,976,479 ratings and 912,705
    /// books to read by 53,424 readers, as the dataset is described.
    @Test func theBoundsAreWideEnough() throws {
        let limits = Dictionary(
            uniqueKeysWithValues: try Dataset.published(named: "goodbooks-10k").files.map { ($0.name, $0.limit) })
        #expect(try #require(limits["book_tags.csv"]) >= 1_000_000 * "99999999,99999,999999\r\n".utf8.count)
        #expect(try #require(limits["ratings.csv"]) >= 5_976_479 * "53424,10000,5\r\n".utf8.count)
        #expect(try #require(limits["to_read.csv"]) >= 912_705 * "53424,10000\r\n".utf8.count)
    }

    @Test func theNoticeNamesHolderLicenceAndWhatItAsks() throws {
        let notice = try Dataset.published(named: "goodbooks-10k").notice
        for fact in [
            "Zygmunt Zając", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "name its author",
            "same licence",
        ] {
            #expect(notice.contains(fact), "\(fact)")
        }
    }

    @Test func anUnknownNameListsTheKnown() {
        #expect(throws: DatasetError.unknown(name: "goodreads", known: ["goodbooks-10k"])) {
            try Dataset.published(named: "goodreads")
        }
    }

    private static let list = """
        datasets:
          - {name: d, title: t, holder: h, page: p, licence: {name: n, url: u, asks: a}, base: "https://e.example/d",
             files: [{name: a.csv, ingest: books, size: 5, sha256: "\(String(repeating: "0", count: 64))"}]}
        """

    @Test(arguments: [
        ("size: 5,", ""), ("size: 5", "size: 5, atMost: 6"), ("size: 5", "sise: 5"), ("size: 5", "size: 0"),
        ("sha256", "sha1"), ("sha256", "gitBlob"), ("000\"", "00G\""), ("000\"", "00\""), ("https:", "http:"),
        ("e.example/d", "e.example/d/"), ("a.csv", "../a.csv"), ("a.csv", ".a"), ("name: d,", "name: d/e,"),
        ("ingest: books", "ingest: films"), ("holder: h,", ""),
    ])
    func aWrongListIsRefused(right: String, wrong: String) throws {
        #expect(try Dataset.decode(yaml: Self.list).map(\.name) == ["d"])
        let yaml = Self.list.replacingOccurrences(of: right, with: wrong)
        #expect(yaml != Self.list)
        #expect(throws: DatasetError.self) { try Dataset.decode(yaml: yaml) }
    }
}

/// The expected digits are those of `sha256sum` and `git hash-object`.
struct ChecksumTests {
    @Test(arguments: [
        (
            "hello\n", "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
            "ce013625030ba8dba906f756967f9e9ca394464a"
        ),
        (
            "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
        ),
    ])
    func bothKindsAreAsPublished(text: String, sha256: String, gitBlob: String) throws {
        let fetch = try Fetch()
        try Data(text.utf8).write(to: fetch.target)
        #expect(try Checksum.sha256("").found(in: fetch.target) == .sha256(sha256))
        #expect(try Checksum.gitBlob("").found(in: fetch.target) == .gitBlob(gitBlob))
    }
}
