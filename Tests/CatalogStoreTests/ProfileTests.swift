import Catalog
import Foundation
import GRDB
import Testing

@testable import CatalogStore

/// The figures of a small invented library, each counted by hand in the comments.
@Suite("The library in figures")
struct ProfileTests {
    private let files: StagedFiles
    private let profile: LibraryProfile

    init() throws {
        files = try StagedFiles()
        let tides = Edition(
            isbn13: isbns[0], title: "Tides", subtitle: "A Novel", authors: ["Iris Vale"], series: "Sea #1",
            categories: ["Sea", "Fiction"], year: 1999, pages: 120, language: "eng", averageRating: 3.5,
            description: String(repeating: "né", count: 30), coverURL: "u")
        try files.take([
            .edition(tides),
            .edition(
                Edition(
                    isbn13: isbns[1], title: "Tides", authors: ["Iris Vale"], categories: ["Sea"], year: 2003,
                    pages: 99,
                    averageRating: 4.25)),
            .edition(Edition(title: "Salt", authors: ["Tom Orr"], year: 1720, averageRating: 4.24, description: "né")),
            .edition(Edition(title: "Ember", categories: ["Hidden"], year: 1900)),
            .edition(Edition(title: "Iliad", authors: ["Homer"], year: -750, pages: 1_000)),
            .refused(QuarantinedRow(line: 7, rule: "noTitle", remedy: "", row: "")),
            .refused(QuarantinedRow(line: 8, rule: "noTitle", remedy: "", row: "")),
        ])
        try files.take(
            [
                .edition(Edition(isbn13: isbns[0], title: "Tides", categories: ["Naïve “sea”"])),
                .refused(QuarantinedRow(line: 3, rule: "badYear", remedy: "", row: "")),
            ], source: "other", file: "b.csv")
        try files.take(
            [
                Self.mark("A", .isbn(isbns[0]), 5), Self.mark("A", .isbn(isbns[1]), 3.5),
                Self.mark("A", .id("x"), 4.25),
                Self.mark("B", .isbn(isbns[0]), 2), Self.mark("B", .isbn(isbns[1]), nil), Self.mark("C", .id("y"), nil),
            ], kind: "ratings", file: "r.csv")
        try files.take(
            [
                Self.mark("A", .id("77"), 4, isbn: isbns[1]),
                Self.mark("A", .id("78"), 1, title: "Salt", by: "Tom Orr"),
            ], kind: "ratings", source: "else", file: "r.csv")
        try files.take(
            [Self.mark("S", .isbn(isbns[0]), 5, isbn: isbns[0]), Self.mark("S", .id("z"), nil)], kind: "ratings",
            source: "demo", file: "s.csv", isSimulated: true)
        try files.take(
            [.tag(id: "t", name: "sea"), .tagging(item: .id("w"), tag: "t", count: 3)], kind: "books", file: "t.csv")
        try files.raw { db in
            try db.execute(
                sql: """
                    UPDATE editions SET joinedBy = 'byHand' WHERE title = 'Iliad';
                    UPDATE editions SET hidden = 1 WHERE title = 'Ember';
                    """)
        }
        profile = try files.library.profile()
    }

    private static func mark(
        _ reader: String, _ key: EditionKey, _ stars: Double?, isbn: ISBN13? = nil, title: String? = nil,
        by author: String? = nil
    ) -> StagedRow.Content {
        let item = RatedItem(key: key, isbn13: isbn, title: title, authors: author.map { [$0] } ?? [])
        return .mark(ReaderMark(reader: reader, item: item, stars: stars))
    }

    private func list(_ distribution: Distribution) -> [String] {
        distribution.ranges.map { "\($0.label): \($0.count)" }
    }

    private func sums(_ distribution: Distribution) -> [Double?] {
        [distribution.least, distribution.median, distribution.mean, distribution.greatest]
    }

    @Test func totals() {
        var totals = LibraryProfile.Totals()
        (totals.works, totals.editions, totals.hiddenEditions) = (4, 6, 1)
        // A, B and C of the shop, A of elsewhere; five stars of theirs are 5, 3.5, 4.25, 2, 4 and 1.
        (totals.readers, totals.ratings, totals.unratedMarks) = (4, 6, 2)
        (totals.simulatedReaders, totals.simulatedMarks) = (1, 2)
        // Two ISBNs, x, y, 77 and 78; then the two of the simulated reader and the tagged one.
        (totals.ratedItems, totals.otherItems) = (6, 3)
        (totals.tags, totals.taggings, totals.quarantined, totals.runs) = (1, 1, 3, 6)
        #expect(profile.totals == totals)
    }

    @Test func completeness() {
        // Of Tides, Tides, Salt, Iliad, and the other source's Tides.
        let known = [
            "isbn13": 3, "subtitle": 1, "authors": 4, "series": 1, "categories": 3, "year": 4, "pages": 3,
            "language": 1,
            "averageRating": 3, "description": 2, "coverURL": 1,
        ]
        #expect(Dictionary(uniqueKeysWithValues: profile.completeness.map { ($0.field, $0.known) }) == known)
        for fact in profile.completeness { #expect(fact.share == Double(fact.known) / 5) }
    }

    @Test func factsOfEditions() {
        #expect(
            list(profile.years).filter { !$0.hasSuffix(": 0") } == [
                "8th century BC: 1", "18th century: 1", "1990–1999: 1", "2000–2009: 1",
            ])
        // Empty decades between others stay, empty centuries do not.
        #expect(profile.years.ranges.count == 2 + 21)
        #expect(profile.years.known == 4)
        #expect(profile.years.unknown == 1)
        #expect(sums(profile.years) == [-750, 1_720, (1_999 + 2_003 + 1_720 - 750) / 4, 2_003])
        // Characters, not bytes.
        #expect(list(profile.descriptionLengths) == ["under 50: 1", "50–99: 1"])
        #expect(sums(profile.descriptionLengths) == [2, 2, 31, 60])
        #expect(profile.descriptionLengths.unknown == 3)
        #expect(
            list(profile.pages).filter { !$0.hasSuffix(": 0") } == [
                "under 100: 1", "100–199: 1", "1,000 and more: 1",
            ])
        #expect(profile.pages.ranges.count == 11)
        #expect(sums(profile.pages) == [99, 120, 1_219 / 3, 1_000])
        #expect(list(profile.averageRatings) == ["3.50–3.74: 1", "3.75–3.99: 0", "4.00–4.24: 1", "4.25–4.49: 1"])
        #expect(profile.averageRatings.ranges.map(\.from) == [3.5, 3.75, 4, 4.25])
        #expect(profile.averageRatings.ranges.map(\.through) == [3.74, 3.99, 4.24, 4.49])
        #expect(profile.averageRatings.unknown == 2)
        #expect(profile.categories.top.map { "\($0.name): \($0.count)" } == ["Sea: 2", "Fiction: 1", "Naïve “sea”: 1"])
        #expect(profile.categories.more == 0)
    }

    @Test func readersAndTheirRatings() {
        // What lies between two half stars counts with the greater.
        #expect(
            list(profile.stars) == [
                "1: 1", "1.5: 0", "2: 1", "2.5: 0", "3: 0", "3.5: 1", "4: 1", "4.5: 1", "5: 1",
            ])
        #expect(sums(profile.stars) == [1, 3.5, 19.75 / 6, 5])
        #expect(list(profile.ratingsPerReader) == ["1: 1", "2–3: 2"])
        #expect(profile.ratingsPerReader.unknown == 1)
        #expect(sums(profile.ratingsPerReader) == [1, 2, 2, 3])
        // Tides has two and one from the shop and one from elsewhere; Salt has one, and so has x.
        #expect(list(profile.ratingsPerBook) == ["1: 2", "2–3: 0", "4–7: 1"])
        #expect(sums(profile.ratingsPerBook) == [1, 1, 2, 4])
        #expect(profile.ratedWorks == 2)
    }

    @Test func joins() {
        #expect(list(profile.editionsPerWork) == ["1: 2", "2: 0", "3: 1"])
        #expect(profile.editionsPerWork.unknown == 1)
        #expect(
            profile.editionJoins.map { "\($0.method): \($0.editions) \($0.share)" } == [
                "first: 2 0.4", "isbn: 1 0.2", "titleAuthor: 1 0.2", "byHand: 1 0.2",
            ])
        let joins = profile.itemJoins
        #expect(joins.map(\.method) == ["edition", "isbn", "titleAuthor", "unmatched"])
        #expect(joins.map(\.items) == [2, 1, 1, 2])
        let sixth = 1.0 / 6
        #expect(joins.map(\.shareOfItems) == [2 * sixth, sixth, sixth, 2 * sixth])
        #expect(joins.map(\.ratings) == [3, 1, 1, 1])
        #expect(joins.map(\.shareOfRatings) == [0.5, sixth, sixth, sixth])
        #expect(joins.map(\.meanConfidence) == [1, 1, 0.99, nil])
        #expect(joins.map(\.meanConfidenceOfRatings) == [1, 1, 0.99, nil])
    }

    @Test func confidenceIsWeighedByItemsAndByRatings() throws {
        // The shop's first book has two ratings, its second one.
        try files.raw { try $0.execute(sql: "UPDATE items SET confidence = 0.4 WHERE key = 'isbn:\(isbns[0])'") }
        let join = try #require(try files.library.profile().itemJoins.first)
        #expect(abs((join.meanConfidence ?? 0) - 0.7) < 1e-12)
        #expect(abs((join.meanConfidenceOfRatings ?? 0) - 0.6) < 1e-12)
    }

    @Test func sourcesAndQuarantine() {
        #expect(
            profile.sources.map { "\($0.name): \($0.editions) \($0.readers) \($0.ratings)" } == [
                "shop: 4 3 4", "else: 0 1 2", "other: 1 0 0",
            ])
        #expect(profile.moreSources == 0)
        #expect(profile.quarantineByRule.top == [.init(name: "noTitle", count: 2), .init(name: "badYear", count: 1)])
        #expect(
            profile.quarantineByFile.top == [
                .init(name: "a.csv (shop)", count: 2), .init(name: "b.csv (other)", count: 1),
            ])
    }

    @Test func theLastRunOfEachFile() throws {
        try files.take([], file: "b.csv")
        try files.take([.edition(Edition(title: "New"))], source: "other", file: "b.csv")
        try files.raw { db in
            try db.execute(
                sql: """
                    UPDATE runs SET rows = 9, report = CASE id
                        WHEN 7 THEN 'no JSON' WHEN 4 THEN '[1]'
                        WHEN 6 THEN '{"rows": "many", "merged": true, "updated": 2.5, "ignored": 1e99, "more": [{}]}'
                        ELSE '{"rows": 8, "accepted": 1, "merged": 2, "updated": 3, "unchanged": 4, "quarantined": 5,
                            "unmatched": 6, "ignored": 7}' END
                    """)
        }
        let runs = try files.library.profile().lastRuns
        #expect(
            runs.map { "\($0.kind) \($0.source) \($0.file)" } == [
                "books other b.csv", "books shop b.csv", "books shop t.csv", "ratings demo s.csv", "ratings else r.csv",
                "ratings shop r.csv", "books shop a.csv",
            ])
        typealias Counts = LibraryProfile.LastRun.Counts
        let told = Counts(
            rows: 8, accepted: 1, merged: 2, updated: 3, unchanged: 4, quarantined: 5, unmatched: 6, ignored: 7)
        #expect(runs.map(\.counts) == [told, Counts(rows: 9), Counts(rows: 9), told, Counts(rows: 9), told, told])
        #expect(runs[0].codeVersion == "1.2")
        let finished = try #require(try files.library.history().last?.finishedAt)
        #expect(runs[0].finishedAt == finished)
    }

    @Test func listsHaveAnEnd() throws {
        for number in 0..<30 {
            try files.take(
                [
                    .edition(Edition(title: "Book \(number)", categories: ["category \(number)"])),
                    .refused(QuarantinedRow(line: 3, rule: "rule \(number)", remedy: "", row: "")),
                ], source: "source \(number)", file: "\(number).csv")
        }
        let profile = try files.library.profile()
        #expect(profile.lastRuns.count == 20)
        // 30 files and the six of before.
        #expect(profile.moreFiles == 16)
        #expect(profile.categories.top.count == 25)
        #expect(profile.categories.more == 8)
        #expect(profile.sources.count == 25)
        #expect(profile.moreSources == 8)
        #expect(profile.quarantineByRule.top.count == 25)
        #expect(profile.quarantineByRule.more == 7)
        #expect(profile.quarantineByFile.top.count == 25)
        #expect(profile.quarantineByFile.more == 7)
        #expect(profile.totals.quarantined == 33)
    }

    @Test func anEmptyLibraryHasNoFigures() throws {
        let profile = try StagedFiles().library.profile()
        #expect(profile.totals == .init())
        #expect(profile.completeness.count == 11)
        #expect(profile.completeness.allSatisfy { $0.known == 0 && $0.share == 0 })
        for distribution in [
            profile.years, profile.descriptionLengths, profile.pages, profile.averageRatings, profile.stars,
            profile.ratingsPerReader, profile.ratingsPerBook, profile.editionsPerWork,
        ] { #expect(distribution == Distribution()) }
        #expect(profile.categories.top.isEmpty && profile.sources.isEmpty && profile.lastRuns.isEmpty)
        #expect(profile.itemJoins.allSatisfy { $0.items == 0 && $0.meanConfidence == nil })
    }

    @Test func itIsReadBackFromItsJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(profile)
        #expect(try JSONDecoder().decode(LibraryProfile.self, from: json) == profile)
        let keys = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect((keys["totals"] as? [String: Int])?["hiddenEditions"] == 1)
    }

    /// Numbers that no writer of ours makes, as a library might hold that something else has written.
    @Test func wildNumbersDoNoHarm() throws {
        try files.raw { db in
            try db.execute(
                sql: """
                    PRAGMA foreign_keys = OFF;
                    UPDATE editions SET year = -9223372036854775808, pages = 9223372036854775807, averageRating = 1e300;
                    UPDATE items SET id = 1000000000000000 WHERE key = 'id:x';
                    UPDATE ratings SET itemId = 1000000000000000, stars = 1e300 WHERE stars = 4.25;
                    INSERT INTO ratings VALUES (-5, -5, 3, 0, NULL), (99, 99, 3, 0, NULL);
                    """)
        }
        let profile = try files.library.profile()
        #expect(profile.totals.ratings == 6)
        #expect(list(profile.years) == ["before 10000 BC: 5"])
        #expect(profile.stars.ranges.last?.count == 2)
        #expect(profile.itemJoins.map(\.ratings) == [3, 1, 1, 1])
    }
}
