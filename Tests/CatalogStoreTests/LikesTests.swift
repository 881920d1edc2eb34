import Catalog
import Testing

@testable import CatalogStore

@Suite("What readers like")
struct LikesTests {
    private let files: StagedFiles

    init() throws {
        files = try StagedFiles()
        try files.take([
            .edition(Edition(isbn13: isbns[0], title: "Tides", authors: ["Iris Vale"])),
            .edition(Edition(isbn13: isbns[1], title: "Tides", authors: ["Iris Vale"])),
            .edition(Edition(isbn13: isbns[2], title: "Moss", authors: ["P. Green"])),
        ])
    }

    private func mark(_ reader: String, _ isbn: ISBN13, _ stars: Double?) -> StagedRow.Content {
        .mark(ReaderMark(reader: reader, item: RatedItem(key: .isbn(isbn), isbn13: isbn), stars: stars))
    }

    @Test func whatIsRatedWellIsLiked() throws {
        try files.take(
            [
                mark("a", isbns[0], 5), mark("a", isbns[1], 4), mark("a", isbns[2], 3.5), mark("b", isbns[2], 4),
                mark("c", isbns[2], 2), mark("c", isbns[0], nil), mark("d", isbns[3], 5),
            ], kind: "ratings", file: "r.csv")
        let likes = try files.library.likes(atLeast: 4)
        var ids: [String: WorkID] = [:]
        try files.library.forEachWork { ids[$0.title] = $0.id }
        let (tides, moss) = (try #require(ids["Tides"]), try #require(ids["Moss"]))
        // Two editions of one work by the first reader; of the last, no book that is here.
        #expect(likes.pairs.map(\.reader) == [0, 0, 1])
        #expect(likes.pairs.map(\.work) == [tides, tides, moss])
        #expect(likes.readersAreSimulated == [false, false])
        #expect(try files.library.likes(atLeast: 5).pairs.count == 1)
    }
}
