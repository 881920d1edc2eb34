import Catalog
import EngineTestSupport
import Foundation
import Testing

@testable import CatalogStore

@Suite("Catalogue snapshot")
struct CatalogSnapshotTests {
    private let folder: TemporaryFolder
    private static let isbns = ["9780306406157", "9780804429573", "9780975229804"].compactMap { ISBN13($0) }

    private static let works = [
        Work(
            id: WorkID(rawValue: "w1"), title: "Été à la mer", subtitle: "A Novel",
            authors: ["Émile Zóla", "Iris Vale"],
            isbn13s: [isbns[1], isbns[0]], year: -44, pages: 99, categories: ["Sea", "\"Love\""], averageRating: 4.56,
            ratingsCount: 9_000_000_000, description: "Wet\r\nand 🌊.", coverURL: "http://example.org/?a=1&b=2"),
        Work(
            id: WorkID(rawValue: "w0"), title: "And Near Not", authors: ["O. R. Near"], isbn13s: [isbns[2]],
            averageRating: 1),
        Work(id: WorkID(rawValue: "w3"), title: "AND", authors: []),
        Work(id: WorkID(rawValue: "w2"), title: "Don’t look at the sea sea sea", authors: ["Tom Orr"], ratingsCount: 3),
    ]

    init() throws {
        folder = try TemporaryFolder()
    }

    private func snapshot(of works: [Work] = works) throws -> CatalogSnapshot {
        let path = folder.path("works.sqlite")
        try CatalogSnapshot.write(works, to: path)
        return try CatalogSnapshot(path: path)
    }

    @Test func worksComeBackAsTheyWere() throws {
        let snapshot = try snapshot()
        #expect(try snapshot.works(atRows: [0, 1, 2, 3]) == Self.works)
        #expect(try snapshot.works(atRows: [3, 0, 3]) == [3, 0, 3].map { Self.works[$0] })
        #expect(try snapshot.works(atRows: []).isEmpty)
    }

    @Test(arguments: [-1, 4, Int.max])
    func aRowThatIsNotThereIsNamed(row: Int) throws {
        let snapshot = try snapshot()
        let error = try #require(throws: LibraryError.self) { try snapshot.works(atRows: [0, row]) }
        #expect("\(error)".contains("no row \(row)"))
        #expect("\(error)".contains("works.sqlite"))
    }

    @Test func idsAndISBNsLeadToTheirRow() throws {
        let snapshot = try snapshot()
        for (row, work) in zip(0..., Self.works) {
            #expect(try snapshot.row(of: work.id) == row)
            for isbn in work.isbn13s { #expect(try snapshot.row(of: isbn) == row) }
        }
        #expect(try snapshot.row(of: WorkID(rawValue: "W1")) == nil)
        #expect(try snapshot.row(of: try #require(ISBN13("9780140449136"))) == nil)
    }

    @Test func theSameWorksGiveTheSameBytes() throws {
        let works = (0..<300).map {
            Work(id: WorkID(rawValue: "w\($0)"), title: "Title \($0 % 7)", authors: ["A \($0)"])
        }
        for name in ["a", "b"] { try CatalogSnapshot.write(works, to: folder.path(name)) }
        let bytes = try Data(contentsOf: folder.url.appending(path: "a"))
        #expect(try bytes == Data(contentsOf: folder.url.appending(path: "b")))
        try CatalogSnapshot.write(works.dropLast(), to: folder.path("c"))
        #expect(try bytes != Data(contentsOf: folder.url.appending(path: "c")))
        // One file each, without a journal beside it.
        #expect(try folder.names() == ["a", "b", "c"])
    }

    @Test func noWorksAreASnapshotToo() throws {
        let snapshot = try snapshot(of: [])
        #expect(try snapshot.names(withAll: ["sea"], limit: 5).isEmpty)
        #expect(throws: LibraryError.self) { try snapshot.works(atRows: [0]) }
    }

    @Test func whatIsThereIsNotOverwritten() throws {
        let path = try folder.write("mine", to: "works.sqlite")
        let error = try #require(throws: LibraryError.self) { try CatalogSnapshot.write(Self.works, to: path) }
        #expect("\(error)".contains("exists already"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test func whereNoFileCanBeNothingIsWritten() throws {
        let path = folder.path("missing/works.sqlite")
        let error = try #require(throws: LibraryError.self) { try CatalogSnapshot.write(Self.works, to: path) }
        #expect("\(error)".contains(path))
    }

    @Test func twoWorksWithOneISBNAreRefused() throws {
        let twins = ["a", "b"].map { Work(id: WorkID(rawValue: $0), title: $0, authors: [], isbn13s: [Self.isbns[0]]) }
        #expect(throws: LibraryError.self) { try CatalogSnapshot.write(twins, to: folder.path("works.sqlite")) }
    }

    @Test func aMissingOrBrokenFileIsNotOpened() throws {
        let missing = try #require(throws: LibraryError.self) { try CatalogSnapshot(path: folder.path("no.sqlite")) }
        guard case .missing = missing else { throw missing }
        let path = try folder.write(String(repeating: "garbage ", count: 1_000), to: "broken.sqlite")
        let broken = try #require(throws: LibraryError.self) { try CatalogSnapshot(path: path) }
        guard case .unusable(path, _) = broken else { throw broken }
    }

    @Test func namesAreFoundByFoldedWords() throws {
        let snapshot = try snapshot()
        func rows(_ text: String, limit: Int = 9) throws -> [Int] {
            try snapshot.names(withAll: FoldedText.words(of: text), limit: limit).map(\.row)
        }
        #expect(try rows("ÉTÉ") == [0])
        #expect(try rows("ete mer") == [0])
        #expect(try rows("zola ete") == [0])
        #expect(try rows("Don't look") == [3])
        #expect(try rows("novel") == [0])
        #expect(try rows("ete tom").isEmpty)
        #expect(try rows("et").isEmpty)
        #expect(try rows("wet").isEmpty)
        #expect(try rows("").isEmpty)
        #expect(try rows("near", limit: 0).isEmpty)
        let found = try snapshot.names(withAll: ["emile"], limit: 1)
        #expect(
            found == [.init(row: 0, title: "Été à la mer", subtitle: "A Novel", authors: ["Émile Zóla", "Iris Vale"])])
    }

    @Test func theBestMatchComesFirst() throws {
        let filler = (0..<50).map { Work(id: WorkID(rawValue: "f\($0)"), title: "Filler \($0)", authors: []) }
        let works = [
            Work(
                id: WorkID(rawValue: "a"), title: "The sea and a great many other things on which there is more to say",
                authors: []),
            Work(id: WorkID(rawValue: "b"), title: "Sea", authors: []),
            Work(id: WorkID(rawValue: "c"), title: "Sea", authors: []),
        ]
        let snapshot = try snapshot(of: filler + works)
        // Equal ones in the order of their rows.
        #expect(try snapshot.names(withAll: ["sea"], limit: 9).map(\.row) == [51, 52, 50])
        #expect(try snapshot.names(withAll: ["sea"], limit: 2).map(\.row) == [51, 52])
    }

    @Test func wordsThatFTS5ReadsAsSyntaxAreWords() throws {
        let snapshot = try snapshot()
        #expect(try snapshot.names(withAll: ["and"], limit: 9).map(\.row) == [2, 1])
        #expect(try snapshot.names(withAll: ["AND"], limit: 9).map(\.row) == [2, 1])
        #expect(try snapshot.names(withAll: ["and", "not"], limit: 9).map(\.row) == [1])
        #expect(try snapshot.names(withAll: ["NOT", "NEAR"], limit: 9).map(\.row) == [1])
        #expect(try snapshot.names(withAll: ["or"], limit: 9).isEmpty)
        #expect(try snapshot.names(withAll: ["title:sea"], limit: 9).isEmpty)
        #expect(try snapshot.names(withAll: ["se*"], limit: 9).isEmpty)
    }

    /// Whatever the words are, the index is asked for words: none of these is an error.
    @Test(arguments: [
        "\"", "\"\"", "a\"b", "*", "sea*", "NEAR(", "NEAR(a b, 2)", "AND", "OR", "NOT", "-sea", "^sea", "+", "{title}",
        "title:",
        "(", ")", ",", "';--", "\\", "\u{0}", "se\u{0}a", "🙂", "", " ", String(repeating: "x", count: 100_000),
    ])
    func hostileWordsAreNoErrors(word: String) throws {
        let snapshot = try snapshot()
        #expect(try snapshot.names(withAll: [word, "zola", "tom"], limit: 9).isEmpty)
        #expect(try snapshot.names(withAll: [word], limit: 9).count <= 2)
        #expect(try snapshot.names(withAll: FoldedText.words(of: word), limit: 9).count <= 2)
    }
}
