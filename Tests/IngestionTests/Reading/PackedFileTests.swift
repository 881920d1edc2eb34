import EngineTestSupport
import Foundation
import Testing

@testable import Ingestion

/// Archives made by Python, see Golden/make_archives.py; what is in them stands there too.
@Suite("Plain files, gzip and zip")
struct PackedFileTests {
    private let folder: TemporaryFolder
    private let archives: [String: Data]
    private let text = Array("title,year\nTides,1999\nSalt,2004\n".utf8)

    init() throws {
        folder = try TemporaryFolder()
        archives = try readingGolden("archives.json", as: [String: Data].self)
    }

    private func path(_ name: String, as file: String = "a.zip") throws -> String {
        try folder.write(#require(archives[name], "\(name)"), to: file).path
    }

    /// The error of listing the parts, else of reading them.
    private func failure(_ name: String, limits: ExpansionLimits = .standard) throws -> IngestionError {
        let path = try path(name)
        return try #require(throws: IngestionError.self, "\(name)") {
            for part in try SourceFile.parts(ofFileAt: path, limits: limits) { _ = try part.contents() }
        }
    }

    @Test func aPlainFile() throws {
        let long = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) | 1 }
        for contents in [[], text, long] {
            let parts = try SourceFile.parts(ofFileAt: folder.write(contents, to: "b.csv").path)
            #expect(parts.map(\.name) == ["b.csv"])
            #expect(parts[0].packedSize == contents.count)
            #expect(try parts[0].contents() == contents)
            #expect(try parts[0].contents() == contents)
        }
    }

    @Test(arguments: ["gzip", "gzipMembers", "gzipPadded", "gzipWithName"])
    func gzipFiles(name: String) throws {
        let parts = try SourceFile.parts(ofFileAt: path(name, as: "b.csv.gz"))
        #expect(parts.map(\.name) == ["b.csv.gz"])
        #expect(parts[0].packedSize == archives[name]?.count)
        for _ in 0..<2 { #expect(try parts[0].contents() == text) }
    }

    @Test func aGzipFileOfNothing() throws {
        #expect(try SourceFile.parts(ofFileAt: path("gzipEmpty"))[0].contents() == [])
    }

    @Test(
        arguments: [
            ("gzipCut", "it breaks off"), ("gzipCutInTrailer", "it breaks off"), ("gzipCutInHeader", "it breaks off"),
            ("gzipWrongCRC", "incorrect data check"), ("gzipWrongLength", "incorrect length check"),
            ("gzipDamaged", "its packed data is broken ("), ("gzipWithTail", "something else follows the packed data"),
        ])
    func damagedGzipFiles(name: String, words: String) throws {
        let error = try failure(name)
        guard case .damagedArchive("a.zip", let reason) = error else { throw error }
        #expect(reason.contains(words))
        #expect("\(error)".hasSuffix("Fetch or make it again."))
    }

    @Test(arguments: ["zip", "zip64", "zipStored"])
    func zipArchives(name: String) throws {
        let parts = try SourceFile.parts(ofFileAt: path(name))
        #expect(parts.map(\.name) == ["a.zip/books.csv"])
        for _ in 0..<2 { #expect(try parts[0].contents() == text) }
    }

    @Test func severalEntriesInTheirOrder() throws {
        let parts = try SourceFile.parts(ofFileAt: path("zipSeveral"))
        #expect(parts.map(\.name) == ["a.zip/data/ratings.csv", "a.zip/books.csv", "a.zip/./empty.csv"])
        // In another order, and side by side.
        #expect(try parts[2].contents() == [])
        #expect(try parts[1].contents() == text)
        #expect(try parts[0].contents() == Array("id;name\n1;Iris\n".utf8))
        #expect(try SourceFile.parts(ofFileAt: path("zipControl")).map(\.name) == ["a.zip/a\u{FFFD}[2Jb.csv"])
    }

    @Test(
        arguments: [
            ("zipSymlink", "link.csv", "it is a symbolic link"), ("zipPipe", "pipe.csv", "it is not a regular file"),
            ("zipParent", "data/../../books.csv", "its name leads out of the archive"),
            ("zipParentWindows", "..\\books.csv", "its name leads out of the archive"),
            ("zipAbsolute", "/etc/books.csv", "its name leads out of the archive"),
            ("zipDrive", "C:\\books.csv", "its name leads out of the archive"),
            ("zipEncrypted", "books.csv", "it is encrypted"),
            ("zipBzip2", "books.csv", "it is packed with bzip2, not deflate"),
        ])
    func entriesThatAreNotTaken(name: String, entry: String, reason: String) throws {
        let error = try failure(name)
        #expect(error == .refusedEntry(archive: "a.zip", entry: entry, reason: reason))
        #expect("\(error)".hasPrefix("a.zip: the entry \(entry) is not taken: \(reason). Unpack the archive yourself"))
    }

    @Test(
        arguments: [
            ("zipCut", "a.zip", "its directory is missing"), ("zipCount", "a.zip", "its directory is broken"),
            ("zipOverlap", "a.zip", "larger than the archive"), ("zipWrongCRC", "a.zip/books.csv", "checksum (CRC-32)"),
            ("zipDamaged", "a.zip/books.csv", "(zlib error -3)"),
            ("zipSizeTooSmall", "a.zip/books.csv", "checksum (CRC-32)"),
            ("zipSizeTooLarge", "a.zip/books.csv", "32 bytes came out of it instead of 33"),
            ("zipStoredSizes", "a.zip/books.csv", "its two sizes contradict each other"),
        ])
    func damagedZipArchives(name: String, source: String, words: String) throws {
        let error = try failure(name)
        guard case .damagedArchive(source, let reason) = error else { throw error }
        #expect(reason.contains(words), "\(reason)")
    }

    @Test func archivesWithoutFiles() throws {
        for name in ["zipOfNothing", "zipOfFolders"] { #expect(try failure(name) == .noFiles(source: "a.zip")) }
        guard case .unsupportedFormat("a.zip", let found, _) = try failure("zipOffice") else {
            throw IngestionError.empty(source: "zipOffice")
        }
        #expect(found.contains("a spreadsheet"))
    }

    @Test(arguments: [("gzipInGzip", "gzip inside"), ("zipZip", "a zip archive inside")])
    func archivesInArchives(name: String, words: String) throws {
        let part = try SourceFile.parts(ofFileAt: path(name))[0]
        let error = try #require(throws: IngestionError.self) { try SourceSurvey(of: part) }
        guard case .unsupportedFormat(part.name, let found, _) = error else { throw error }
        #expect(found.contains(words))
    }

    @Test func theLimits() throws {
        var limits = ExpansionLimits.standard
        limits.entries = 5
        #expect(try failure("zipSeveral", limits: limits) == .tooManyEntries(source: "a.zip", count: 7, limit: 5))
        limits = .standard
        limits.unpackedBytes = 31
        for (name, source) in [("gzip", "a.zip"), ("zip", "a.zip/books.csv"), ("zipSeveral", "a.zip/books.csv")] {
            let expected = IngestionError.expandsTooFar(source: source, reason: "more than 31 bytes come out of it")
            #expect(try failure(name, limits: limits) == expected)
        }
        limits.unpackedBytes = 40
        let together = IngestionError.expandsTooFar(source: "a.zip", reason: "more than 40 bytes come out of it")
        #expect(try failure("zipSeveral", limits: limits) == together)
        // Almost 4 GiB are promised for 33 bytes.
        guard case .expandsTooFar("a.zip/books.csv", _) = try failure("zipHuge") else {
            throw IngestionError.empty(source: "zipHuge")
        }
    }
}
