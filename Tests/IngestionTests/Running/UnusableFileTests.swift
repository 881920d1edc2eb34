import EngineTestSupport
import Foundation
import Testing

@testable import CatalogStore
@testable import Ingestion

@Suite("Files that cannot be taken in")
struct UnusableFileTests {
    private let shelf: Shelf

    init() throws {
        shelf = try Shelf()
        try shelf.ingest([",Tides,,Iris Vale,1999,,,,", "bad row"])
    }

    /// Expects that the file is refused and that the library is as it was.
    private func refusal(_ text: String, contract: DataContract? = nil) throws -> any Error {
        try refusal(ofFileAt: shelf.folder.write(text, to: "books.csv"), contract: contract)
    }

    private func refusal(ofFileAt path: String, contract: DataContract? = nil) throws -> any Error {
        let before = try shelf.dump()
        var refusal: (any Error)?
        do {
            let outcome = try shelf.ingest(
                fileAt: path, .init(.books, contract: try contract ?? DataContract.standard()))
            refusal = outcome.failure
            #expect(outcome.writes == 0)
            #expect(outcome.report.accepted + outcome.report.updated + outcome.report.unchanged == 0)
        } catch {
            refusal = error
        }
        #expect(try shelf.dump() == before)
        #expect(try shelf.leftovers() == [])
        return try #require(refusal)
    }

    @Test func withoutAUsableRowTheLibraryStaysAsItWas() throws {
        let error = try refusal("title,year\n,x\n,1999\n\"Salt\"\"s\n", contract: Shelf.contract())
        let first = "line 2, title: missingTitle. Give the book a title."
        #expect(error as? IngestionError == .nothingUsable(source: "books.csv", rows: 3, first: first))
        #expect(
            "\(error)".contains("none of its 3 rows can be used, so the library was left as it was. The first: line 2"))
    }

    @Test func tooManyRefusedRowsFailTheRun() throws {
        let good = (0..<8).map { ",New \($0),,,,,,,\n" }.joined()
        let bad = "9780306406158,Bad,,,,,,,\n,,,,,,,,\n"
        let text = Shelf.header + "\n" + good + bad
        // A fifth is as much as the contract allows.
        #expect(
            try shelf.ingest(fileAt: shelf.folder.write(text, to: "a.csv"), .init(.books, contract: .standard()))
                .failure == nil)
        let error = try refusal(Shelf.header + "\n" + good.dropFirst(",New 0,,,,,,,\n".count) + bad)
        let first =
            "line 9, isbn13: invalidISBN (“9780306406158”). Its length or check digit is wrong. Correct it, or leave the "
            + "field empty."
        #expect(
            error as? IngestionError
                == .tooManyRefused(source: "books.csv", refused: 2, rows: 9, share: 0.2, first: first))
        #expect("\(error)".contains("2 of its 9 rows were refused, and the contract allows 20 %"))
    }

    @Test func aFailedRunTellsWhatItSaw() throws {
        let path = try shelf.folder.write("title,year\nTides,99999\n,1\n,2\n", to: "books.csv")
        let outcome = try shelf.ingest(fileAt: path, .init(.books, contract: .standard()))
        #expect(outcome.failure != nil)
        #expect((outcome.report.rows, outcome.report.quarantined) == (3, 2))
        #expect(outcome.report.byRule == ["missingTitle": 2])
        #expect(outcome.report.byStep == ["setToUnknown": 1])
        #expect(outcome.firstRefused.map(\.line) == [3, 4])
    }

    @Test func tooFewRowsFailTheRun() throws {
        var contract = try Shelf.contract()
        contract.thresholds.minimumRows = 3
        let error = try refusal("title\nTides\nSalt\n", contract: contract)
        #expect(error as? IngestionError == .tooFewRows(source: "books.csv", rows: 2, minimum: 3))
    }

    @Test(arguments: ["", "\n\n\r\n", "\u{FEFF}"])
    func anEmptyFile(text: String) throws {
        let error = try refusal(text)
        #expect(error as? IngestionError == .empty(source: "books.csv"))
        #expect("\(error)".contains("Its first line must name the columns"))
    }

    @Test(arguments: ["title", "title,year\n", "title\r\n\r\n"])
    func aHeaderAlone(text: String) throws {
        let error = try refusal(text)
        #expect(error as? IngestionError == .noRows(source: "books.csv"))
        #expect("\(error)".contains("Add them below it."))
    }

    @Test func aFolder() throws {
        let folder = shelf.folder.path("books")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(
            try refusal(ofFileAt: folder) as? IngestionError == .unreadable(path: folder, reason: "it is a folder"))
        let link = shelf.folder.path("books.csv")
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder)
        #expect(try refusal(ofFileAt: link) as? IngestionError == .unreadable(path: link, reason: "it is a folder"))
    }

    @Test func aMissingFile() throws {
        let path = shelf.folder.path("no.csv")
        let error = try refusal(ofFileAt: path)
        #expect(error as? IngestionError == .unreadable(path: path, reason: "No such file or directory"))
        #expect("\(error)".contains("Check the name and the permissions."))
    }

    @Test(.enabled(if: geteuid() != 0, "root may read every file"))
    func aFileThatMayNotBeRead() throws {
        let path = try shelf.folder.write("title\nTides\n", to: "secret.csv")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(try refusal(ofFileAt: path) as? IngestionError == .unreadable(path: path, reason: "Permission denied"))
    }

    @Test func aHeaderThatIsTooLong() throws {
        let error = try refusal(String(repeating: "title ", count: (5 << 20) / 6) + "\nTides\n")
        guard case .brokenHeader("books.csv", _) = error as? IngestionError else { throw error }
    }

    @Test func aHeaderWithoutTitleOrWithTwo() throws {
        let none = try refusal("name\nTides\n")
        #expect(none as? FormatError == .unrecognised(file: "books.csv", found: ["name"]))
        let two = try refusal("title,Book Title\nTides,Salt\n")
        #expect(
            two as? FormatError
                == .ambiguousColumns(file: "books.csv", fact: "title", columns: ["title", "Book Title"]))
    }

    @Test func whatBelongsToAnotherCommand() throws {
        let error = try refusal("user_id,book_id,rating\n1,2,3\n")
        #expect(
            error as? FormatError
                == .otherSubject(file: "books.csv", format: "goodbooks-ratings", is: .ratings, asked: .books))
    }
}
