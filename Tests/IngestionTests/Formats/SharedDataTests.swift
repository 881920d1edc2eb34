import Catalog
import Foundation
import Testing

@testable import Ingestion

/// The data that development shares and the repository does not carry.
private enum SharedData {
    /// The folder of environment variable BOOKREC_SHARED_DATA, else shared/data beside the repository.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["BOOKREC_SHARED_DATA"], !path.isEmpty {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        return neighbour.appending(path: "data")
    }()

    /// Where it is, or must be: CI that has the shared folder fails when it cannot read the files.
    static var isExpected: Bool {
        let exists = FileManager.default.fileExists(atPath:)
        return exists(folder.path) || ProcessInfo.processInfo.environment["CI"] == "true" && exists(neighbour.path)
    }

    private static let neighbour: URL = {
        // From <repository>/Tests/IngestionTests/Formats/<this file>.
        var repository = URL(filePath: #filePath)
        for _ in 0..<4 { repository.deleteLastPathComponent() }
        return repository.deletingLastPathComponent().appending(path: "shared")
    }()
}

/// What became of the rows of a file.
private struct Census {
    var format = ""
    var editions: [Edition] = []
    var marks: [ReaderMark] = []
    var taggings: [(item: EditionKey, other: EditionKey?, tag: String, count: Int)] = []
    var tags: [String: String] = [:]
    var refused: [String: Int] = [:]
    var steps: [String: Int] = [:]
    var rows = 0

    /// - Parameter most: how many rows are read.
    init(of name: String, most: Int = .max) throws {
        let parts = try SourceFile.parts(ofFileAt: SharedData.folder.appending(path: name).path)
        let part = try #require(parts.first)
        let survey = try SourceSurvey(of: part)
        var records = try RecordReader(part: part, dialect: survey.dialect, encoding: survey.encoding)
        let format = try SourceFormat.resolve(header: records.header, file: part.name)
        self.format = format.name
        var reader = try RowReader(
            format: format, header: records.header, contract: .standard(), currentYear: 2026, file: part.name,
            dialect: survey.dialect)
        while rows < most, let record = try records.next() {
            rows += 1
            let result = reader.read(record)
            for step in result.steps { steps["\(step.field) \(step.step.rawValue)", default: 0] += 1 }
            switch result.content {
            case .edition(let edition): editions.append(edition)
            case .mark(let mark): marks.append(mark)
            case .tag(let id, let name): tags[id] = name
            case .tagging(let item, let tag, let count): taggings.append((item, result.otherKey, tag, count))
            case .refused(let violation): refused[violation.rule, default: 0] += 1
            case .author, .ignored: Issue.record("\(name), line \(record.line): \(result.content)")
            }
        }
    }
}

/// The expected figures are from Python's csv module: `python3 Golden/count_shared.py FOLDER`.
@Suite(
    "The shared data as rows",
    .enabled(
        if: SharedData.isExpected,
        "left out: the reading of the shared data's rows, since there is no shared/data folder"))
struct SharedDataTests {
    @Test func theCatalogue() throws {
        let census = try Census(of: "catalogue/books.csv")
        let editions = census.editions
        #expect(census.format == "catalogue")
        #expect(census.rows == 6_810)
        #expect(census.refused == [:])
        #expect(editions.count == 6_810)
        #expect(editions.reduce(0) { $0 + (Int($1.isbn13?.digits ?? "") ?? 0) } == 66_606_407_792_697_038)
        #expect(editions.count { $0.subtitle != nil } == 2_377)
        #expect(editions.count { !$0.authors.isEmpty } == 6_738)
        #expect(editions.count { !$0.categories.isEmpty } == 6_711)
        #expect(editions.count { $0.description != nil } == 6_548)
        #expect(editions.count { $0.coverURL != nil } == 6_481)
        #expect(editions.count { $0.year != nil } == 6_804)
        #expect(editions.reduce(0) { $0 + ($1.year ?? 0) } == 13_598_681)
        #expect(editions.count { $0.pages != nil } == 6_763)
        #expect(editions.reduce(0) { $0 + ($1.pages ?? 0) } == 2_356_141)
        #expect(editions.count { $0.averageRating != nil } == 6_740)
        #expect(editions.reduce(0) { $0 + $1.ratingsCount } == 142_574_599)
        #expect(census.steps["averageRating setToUnknown"] == 10 + 17)
        #expect(census.steps["pages setToUnknown"] == 4)
        #expect(census.steps["subtitle setToUnknown"] == 4)
    }

    @Test func theBooksOfGoodbooks() throws {
        let census = try Census(of: "goodbooks/books.csv")
        let editions = census.editions
        #expect(census.format == "goodbooks-books")
        #expect(census.rows == 10_000)
        #expect(census.refused == ["invalidISBN": 6])
        #expect(editions.count == 9_994)
        #expect(Set(editions.compactMap(\.sourceID)).count == 9_994)
        #expect(editions.count { $0.isbn13 != nil } == 9_282)
        #expect(editions.reduce(0) { $0 + (Int($1.isbn13?.digits ?? "") ?? 0) } == 90_784_904_382_776_160)
        #expect(editions.count { $0.series != nil } == 4_436)
        #expect(editions.count { $0.year != nil } == 9_973)
        #expect(editions.reduce(0) { $0 + ($1.year ?? 0) } == 19_766_298)
        #expect(editions.count { $0.language != nil } == 8_912)
        #expect(editions.reduce(0) { $0 + $1.ratingsCount } == 596_570_463)
    }

    @Test func theRatingsOfGoodbooks() throws {
        let most = 20_000
        let census = try Census(of: "goodbooks/ratings.csv", most: most)
        #expect(census.format == "goodbooks-ratings")
        #expect(census.refused == [:])
        #expect(census.steps == [:])
        #expect(census.marks.count == most)
        #expect(census.marks.reduce(0) { $0 + ($1.stars ?? 0) } == 75_579)
        #expect(Set(census.marks.map(\.reader)).count == 298)
        #expect(Set(census.marks.map(\.item.key)).count == 4_001)
        #expect(census.marks.reduce(0) { $0 + (Int($1.item.key.rawValue.dropFirst(3)) ?? 0) } == 36_000_854)
        #expect(census.marks.allSatisfy { $0.shelf == .read && $0.day == nil })
    }

    @Test func theRatingsOnTheCatalogue() throws {
        let census = try Census(of: "goodbooks/ratings_on_catalogue.csv")
        #expect(census.format == "ratings")
        #expect(census.refused == [:])
        #expect(census.steps == [:])
        #expect(census.marks.count == 158_610)
        #expect(census.marks.reduce(0) { $0 + ($1.stars ?? 0) } == 617_415)
        #expect(Set(census.marks.map(\.reader)).count == 25_318)
        #expect(Set(census.marks.compactMap(\.item.isbn13)).count == 1_582)
        #expect(
            census.marks.reduce(0) { $0 + (Int($1.item.isbn13?.digits ?? "") ?? 0) } == 1_551_297_551_722_274_548)
    }

    @Test func theTagsOfGoodbooks() throws {
        let tags = try Census(of: "goodbooks/tags.csv")
        #expect(tags.format == "goodbooks-tags")
        #expect(tags.refused == [:])
        #expect(tags.tags.count == 34_252)
        // Without two left-to-right marks and a space of no width, which belong to no name.
        #expect(tags.tags.values.reduce(0) { $0 + $1.unicodeScalars.count } == 450_405 - 3)
        #expect(tags.steps == ["tagName controlCharactersRemoved": 3])

        let uses = try Census(of: "goodbooks/book_tags.csv")
        #expect(uses.format == "goodbooks-book-tags")
        #expect(uses.refused == [:])
        #expect(uses.taggings.count == 120_298)
        #expect(uses.taggings.reduce(0) { $0 + $1.count } == 190_981_576)
        #expect(uses.taggings.reduce(0) { $0 + (Int($1.tag) ?? 0) } == 2_063_962_240)
        #expect(uses.taggings.reduce(0) { $0 + (Int($1.item.rawValue.dropFirst(3)) ?? 0) } == 386_035_059)
        let other = uses.taggings.reduce(0) { $0 + (Int($1.other?.rawValue.dropFirst("goodreads:".count) ?? "") ?? 0) }
        #expect(other == 652_814_068_840)
    }
}
