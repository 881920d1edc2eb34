import EngineTestSupport
import Foundation
import Ingestion
import Testing

@testable import CatalogStore

@Suite("Files that cannot be taken in")
struct UnusableFileTests {
    private let shelf: Shelf

    init() throws {
        shelf = try Shelf()
        try shelf.ingest([",Tides,,Iris Vale,1999,,,,", "bad row"])
    }

    /// Expects that the file is refused and that the library is as it was.
    private func refusal(_ bytes: some Sequence<UInt8>, named name: String = "books.csv") throws -> IngestionError {
        try Data(bytes).write(to: shelf.folder.url.appending(path: name))
        return try refusal(ofFileAt: shelf.folder.path(name))
    }

    private func refusal(ofFileAt path: String) throws -> IngestionError {
        let before = try shelf.dump()
        let error = try #require(throws: IngestionError.self) { try shelf.ingest(fileAt: path) }
        #expect(try shelf.dump() == before)
        #expect(try shelf.library.counts() == .init(works: 1, editions: 1, quarantined: 1))
        return error
    }

    @Test func withoutAUsableRowTheLibraryStaysAsItWas() throws {
        let error = try refusal("title,year\nTides,x\n,1999\n\"Salt\"\"s\n".utf8)
        let first = "line 2, year: notANumber (“x”). Write a number with a point for decimals, or nothing."
        #expect(error == .nothingUsable(source: "books.csv", rows: 3, first: first))
        #expect(
            "\(error)".contains("none of its 3 rows can be used, so the library was left as it was. The first: line 2"))
    }

    @Test(arguments: ["", "\n\n\r\n", "\u{FEFF}"])
    func anEmptyFile(text: String) throws {
        let error = try refusal(text.utf8)
        #expect(error == .empty(source: "books.csv"))
        #expect("\(error)".contains("Its first line must name the columns"))
    }

    @Test(arguments: ["title", "title,year\n", "title\r\n\r\n"])
    func aHeaderAlone(text: String) throws {
        let error = try refusal(text.utf8)
        #expect(error == .noRows(source: "books.csv"))
        #expect("\(error)".contains("Add the books below it."))
    }

    @Test func aFolder() throws {
        let folder = shelf.folder.path("books")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(try refusal(ofFileAt: folder) == .unreadable(path: folder, reason: "it is a folder"))
        let link = shelf.folder.path("books.csv")
        try FileManager.default.removeItem(atPath: link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder)
        #expect(try refusal(ofFileAt: link) == .unreadable(path: link, reason: "it is a folder"))
    }

    @Test func aMissingFile() throws {
        let path = shelf.folder.path("no.csv")
        let error = try refusal(ofFileAt: path)
        #expect(error == .unreadable(path: path, reason: "No such file or directory"))
        #expect("\(error)".contains("Check the name and the permissions."))
    }

    @Test(.enabled(if: geteuid() != 0, "root may read every file"))
    func aFileThatMayNotBeRead() throws {
        let path = try shelf.folder.write("title\nTides\n", to: "secret.csv")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(try refusal(ofFileAt: path) == .unreadable(path: path, reason: "Permission denied"))
    }

    @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32])
    func anotherEncoding(encoding: String.Encoding) throws {
        let error = try refusal(#require("title,year\nTides,1999\n".data(using: encoding)))
        guard case .brokenHeader("books.csv", let reason) = error else { throw error }
        #expect(reason.contains("UTF-8") || reason.contains("NUL bytes (UTF-16?)"))
        #expect("\(error)".contains("Save the file as comma-separated UTF-8"))
    }

    @Test(arguments: [true, false])
    func aHeaderThatIsTooLong(hasRows: Bool) throws {
        let header = String(repeating: "title,", count: (5 << 20) / 6)
        let error = try refusal("\(header)\(hasRows ? "\nTides\n" : "")".utf8)
        #expect(error == .brokenHeader(source: "books.csv", reason: "it is longer than 4 MiB"))
    }

    @Test(arguments: ["\"title,year\nTides,1999\n", "\"title\"x,year\nTides,1999\n"])
    func aHeaderWithBrokenQuotes(text: String) throws {
        #expect(try refusal(text.utf8) == .brokenHeader(source: "books.csv", reason: "its quotes do not match"))
    }

    @Test func aHeaderWithoutTitleOrWithTwo() throws {
        #expect(
            try refusal("name\nTides\n".utf8) == .missingColumn(source: "books.csv", fact: "title", found: ["name"]))
        let columns = ["title", "Book Title"]
        #expect(
            try refusal("title,Book Title\nTides,Salt\n".utf8)
                == .ambiguousColumns(source: "books.csv", fact: "title", columns: columns))
    }
}
