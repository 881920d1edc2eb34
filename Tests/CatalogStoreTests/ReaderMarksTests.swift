import Catalog
import Testing

@testable import CatalogStore

@Suite("Readers one by one")
struct ReaderMarksTests {
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

    @Test func readersComeOneByOneWithWhatIsHere() throws {
        try files.take(
            [
                mark("a", isbns[0], 5), mark("a", isbns[1], 4), mark("a", isbns[2], 3.5), mark("b", isbns[2], 4),
                mark("c", isbns[2], nil), mark("d", isbns[3], 5),
            ], kind: "ratings", file: "r.csv")
        var readers: [Library.ReaderMarks] = []
        try files.library.forEachReader { readers.append($0) }
        var ids: [String: WorkID] = [:]
        try files.library.forEachWork { ids[$0.title] = $0.id }
        let (tides, moss) = (try #require(ids["Tides"]), try #require(ids["Moss"]))
        // Two editions of one work by the first reader; of the last, no book that is here.
        #expect(readers.map { $0.marks.map(\.work) } == [[tides, tides, moss], [moss], [moss]])
        #expect(readers.map { $0.marks.map(\.stars) } == [[5, 4, 3.5], [4], [nil]])
        #expect(readers.allSatisfy { !$0.isSimulated && $0.marks.allSatisfy { $0.shelf == .read } })
    }
}
