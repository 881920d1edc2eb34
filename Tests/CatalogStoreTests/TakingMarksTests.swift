import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("Taking readers' marks in")
struct TakingMarksTests {
    private let files: StagedFiles
    private let tides = Edition(isbn13: isbns[0], title: "Tides", authors: ["Iris Vale"])

    init() throws { files = try StagedFiles() }

    private func mark(
        _ reader: String, _ isbn: ISBN13, _ stars: Double?, day: Int? = nil, title: String? = nil
    ) -> StagedRow.Content {
        .mark(
            ReaderMark(
                reader: reader,
                item: RatedItem(
                    key: .isbn(isbn), isbn13: isbn, title: title, authors: title == nil ? [] : ["Iris Vale"]),
                stars: stars, day: day))
    }

    private func ratings() throws -> [String] {
        var ratings: [String] = []
        try files.library.forEachMark { entry in
            let mark = entry.mark
            ratings.append(
                "\(entry.source) \(mark.reader) \(mark.item.key.rawValue) \(mark.stars ?? 0) \(mark.shelf) \(mark.day ?? 0)"
            )
        }
        return ratings
    }

    @Test func everyRowIsAccountedFor() throws {
        try files.take([.edition(tides)])
        let rows = [
            mark("1", isbns[0], 4), mark("2", isbns[0], nil), mark("1", isbns[1], 5), mark("1", isbns[0], 2),
            .refused(QuarantinedRow(line: 6, rule: "notANumber", field: "stars", remedy: "", row: "")),
        ]
        let taken = try files.take(rows, kind: "ratings", file: "r.csv")
        #expect(taken.counts.list == [2, 1, 0, 0, 1, 1, 0])
        #expect(taken.counts.sum == 5)
        #expect(
            try ratings() == [
                "shop 1 isbn:9780306406157 2.0 read 0", "shop 1 isbn:9780804429573 5.0 read 0",
                "shop 2 isbn:9780306406157 0.0 read 0",
            ])
        let again = try files.take(rows, kind: "ratings", file: "r.csv")
        #expect(again.counts.list == [0, 1, 0, 2, 1, 1, 0])
        #expect(again.writes == 0)
    }

    @Test func readersOfDifferentSourcesAreNeverOne() throws {
        try files.take([mark("1", isbns[0], 4)], kind: "ratings", source: "here", file: "r.csv")
        try files.take([mark("1", isbns[0], 1)], kind: "ratings", source: "there", file: "r.csv")
        #expect(try files.library.counts().readers == 2)
        #expect(try ratings().count == 2)
    }

    @Test func theLatestOfRepeatedRatingsIsKept() throws {
        // By date where both have one, however the file is sorted; else the one further down.
        try files.take(
            [
                mark("1", isbns[0], 5, day: 300), mark("1", isbns[0], 2, day: 100),
                mark("2", isbns[0], 5), mark("2", isbns[0], 1, day: 9), mark("2", isbns[0], 3),
            ], kind: "ratings", file: "r.csv")
        #expect(try ratings().map { String($0.dropFirst(26)) } == ["5.0 read 300", "3.0 read 0"])
        // An older one that comes later changes nothing; a newer one does.
        let older = try files.take([mark("1", isbns[0], 1, day: 299)], kind: "ratings", file: "r2.csv")
        #expect(older.writes == 0)
        try files.take([mark("1", isbns[0], 1, day: 301)], kind: "ratings", file: "r2.csv")
        #expect(try ratings()[0].hasSuffix("1.0 read 301"))
    }

    @Test func unmatchedOnesJoinWhenTheirBookArrives() throws {
        let rows = [mark("1", isbns[1], 4), mark("1", isbns[2], 3, title: "Tides")]
        #expect(try files.take(rows, kind: "ratings", file: "r.csv").counts.unmatched == 2)
        #expect(try joins() == [nil, nil])
        // One by title and author at first.
        try files.take([.edition(tides)])
        #expect(try joins() == [nil, "titleAuthor 0.99"])
        // Then by their ISBNs, which is known better.
        try files.take(
            [isbns[1], isbns[2]].map { .edition(Edition(isbn13: $0, title: "Salt \($0.digits)", authors: ["T. Orr"])) },
            source: "else", file: "b.csv")
        #expect(try joins() == ["isbn 1.0", "isbn 1.0"])
        #expect(try files.take(rows, kind: "ratings", file: "r.csv").counts.unchanged == 2)
    }

    private func joins() throws -> [String?] {
        try files.raw { db in
            try Row.fetchAll(db, sql: "SELECT method, confidence FROM items ORDER BY id").map { row in
                (row["method"] as String?).map { method in
                    let confidence: Double = row["confidence"]
                    return "\(method) \(confidence)"
                }
            }
        }
    }

    @Test func aSourcesOwnNumbersLeadToItsEditions() throws {
        var own = tides
        own.sourceID = "7"
        try files.take([.edition(own)], source: "good")
        let mark = ReaderMark(reader: "1", item: RatedItem(key: .id("7")), stars: 3)
        #expect(try files.take([.mark(mark)], kind: "ratings", source: "good", file: "r.csv").counts.accepted == 1)
        #expect(try files.take([.mark(mark)], kind: "ratings", source: "bad", file: "r.csv").counts.unmatched == 1)
        #expect(try joins() == ["edition 1.0", nil])
    }

    @Test func tagsCountPerBook() throws {
        var own = tides
        own.sourceID = "7"
        try files.take([.edition(own)], source: "good")
        let uses: [StagedRow.Content] = [
            .tagging(item: .id("7"), tag: "1", count: 4), .tagging(item: .id("8"), tag: "1", count: 5),
        ]
        #expect(try files.take(uses, source: "good", file: "t.csv").counts.list == [1, 0, 0, 0, 0, 1, 0])
        #expect(try files.take(uses, source: "good", file: "t.csv").writes == 0)
        // Names may come after.
        let names = try files.take(
            [.tag(id: "1", name: "sea"), .tag(id: "2", name: "x")], source: "good", file: "n.csv")
        #expect(names.counts.list == [2, 0, 0, 0, 0, 0, 0])
        var tags: [String] = []
        try files.library.forEachTag { tags.append("\($0.item.rawValue) \($0.name ?? "?") \($0.count)") }
        #expect(tags == ["id:7 sea 4", "id:8 sea 5"])
    }

    @Test func simulatedReadersAreMarked() throws {
        try files.take([mark("s", isbns[0], 3)], kind: "ratings", source: "simulated", isSimulated: true)
        var marked: [Bool] = []
        try files.library.forEachMark { marked.append($0.isSimulated) }
        #expect(marked == [true])
    }

    @Test func anErasedReaderIsGoneFromTheFile() throws {
        try files.take([mark("Zenobia-Q", isbns[0], 3), mark("2", isbns[0], 4)], kind: "ratings", file: "r.csv")
        try files.take(
            [.refused(QuarantinedRow(line: 2, rule: "x", remedy: "", row: "Zenobia's"))], kind: "shelf", file: "s.csv",
            format: #"{"reader": "Zenobia-Q"}"#)
        #expect(try files.library.erase(reader: "nobody", of: "shop") == nil)
        let erased = try files.library.erase(reader: "Zenobia-Q", of: "shop")
        #expect(erased == .init(ratings: 1, quarantined: 1, left: 0))
        #expect(try ratings().count == 1)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: files.folder.path("library.sqlite")))
        #expect(bytes.range(of: Data("Zenobia's".utf8)) == nil)
        #expect(try files.library.check().problems == [])
    }
}
