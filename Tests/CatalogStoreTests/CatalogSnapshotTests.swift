import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("Catalogue snapshot")
struct CatalogSnapshotTests {
    private let folder: TemporaryFolder
    private static let isbns = ["9780306406157", "9780804429573", "9780975229804"].compactMap { ISBN13($0) }

    private static let works = [
        Work(
            id: WorkID(rawValue: "w1"), title: "Été à la mer", subtitle: "A Novel",
            authors: ["Émile Zóla", "Iris Vale"], series: "Tides #2", language: "fr",
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
        #expect(try snapshot.columns().count == 0)
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

    @Test func columnsHaveWhatWorksAreFilteredBy() throws {
        let columns = try snapshot().columns()
        #expect(columns.count == 4)
        #expect(columns.years == [-44] + Array(repeating: CatalogColumns.unknownYear, count: 3))
        #expect(columns.pages == [99, 0, 0, 0])
        #expect(columns.ratings[..<2] == [4.56, 1] && columns.ratings[2].isNaN)
        #expect(columns.ratingsCounts == [.max, 0, 0, 3])
        #expect(columns.languages.names == ["fr"])
        #expect((0..<4).map { Array(columns.languages[$0]) } == [[0], [], [], []])
        #expect(columns.categories.names == ["Sea", "\"Love\""])
        #expect(columns.authors.names == ["Émile Zóla", "Iris Vale", "O. R. Near", "Tom Orr"])
        #expect((0..<4).map { Array(columns.authors[$0]) } == [[0, 1], [2], [], [3]])
    }

    @Test func namesThatFoldAlikeAreOne() throws {
        let works = [["FICTION", "fiction", "Sea"], ["Fiction"], []].enumerated().map { number, categories in
            Work(id: WorkID(rawValue: "w\(number)"), title: "T", authors: [], categories: categories)
        }
        let categories = try snapshot(of: works).columns().categories
        #expect(categories.names == ["FICTION", "Sea"])
        #expect((0..<3).map { Array(categories[$0]) } == [[0, 1], [0], []])
    }

    @Test(arguments: [
        "DELETE FROM columns WHERE name = 'years'", "UPDATE columns SET data = x'00' WHERE name = 'pages'",
        "UPDATE columns SET data = x'' WHERE name = 'ratings'",
        "UPDATE columns SET data = x'ffffffff' WHERE name = 'authors.codes'",
        "UPDATE columns SET data = x'6e6f' WHERE name = 'categories.names'",
        "UPDATE columns SET data = (SELECT data FROM columns WHERE name = 'authors.offsets') WHERE name = 'languages.offsets'",
    ])
    func columnsThatDoNotFitAreRefused(damage: String) throws {
        let path = folder.path("works.sqlite")
        try CatalogSnapshot.write(Self.works, to: path)
        try DatabaseQueue(path: path).write { try $0.execute(sql: damage) }
        let error = try #require(throws: LibraryError.self) { try CatalogSnapshot(path: path).columns() }
        #expect("\(error)".contains("columns"))
    }
}
