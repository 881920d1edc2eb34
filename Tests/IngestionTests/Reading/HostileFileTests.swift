import CMinizip
import EngineTestSupport
import Evaluation
import Foundation
import Testing

@testable import Ingestion

@Suite("Hostile files")
struct HostileFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func reason(ofFileAt path: String) throws -> String {
        let error = try #require(throws: IngestionError.self) { try SourceFile.parts(ofFileAt: path) }
        guard case .unreadable(path, let reason) = error else { throw error }
        return reason
    }

    @Test func whatIsNoFile() throws {
        #expect(try reason(ofFileAt: folder.url.path) == "it is a folder")
        #expect(try reason(ofFileAt: "/dev/zero") == "it is a device")
        #expect(try reason(ofFileAt: folder.path("none")) == "No such file or directory")
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(try reason(ofFileAt: pipe).hasPrefix("it is a pipe"))
        // A link to each is the same.
        let link = folder.path("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/zero")
        #expect(try reason(ofFileAt: link) == "it is a device")
    }

    /// As many bytes of zeros, packed a thousandfold.
    private static func zeros(_ count: Int, _ write: ([UInt8]) throws -> Void) rethrows {
        let piece = [UInt8](repeating: 0, count: 1 << 20)
        for _ in 0..<(count >> 20) { try write(piece) }
    }

    @Test func aGzipBomb() throws {
        let path = folder.path("bomb.gz")
        let file = try #require(gzopen(path, "wb9"))
        Self.zeros(100 << 20) { piece in #expect(gzwrite(file, piece, UInt32(piece.count)) == piece.count) }
        #expect(gzclose(file) == Z_OK)
        let part = try SourceFile.parts(ofFileAt: path)[0]
        #expect(part.packedSize < 110_000)
        let reader = try part.open()
        var unpacked = 0
        let error = try #require(throws: IngestionError.self) {
            while let piece = try reader.nextPiece() { unpacked += piece.count }
        }
        #expect(error == .expandsTooFar(source: "bomb.gz", reason: "it unpacks to 1000 times its size or more"))
        #expect("\(error)".contains("as bombs do. If it is sound, unpack it yourself"))
        #expect(unpacked <= 65 << 20)
    }

    @Test func aZipBomb() throws {
        let path = folder.path("bomb.zip")
        let archive = try #require(zipOpen64(path, APPEND_STATUS_CREATE))
        var info = zip_fileinfo()
        #expect(zipOpenNewFileInZip(archive, "bomb.csv", &info, nil, 0, nil, 0, nil, Z_DEFLATED, 9) == ZIP_OK)
        Self.zeros(100 << 20) { piece in #expect(zipWriteInFileInZip(archive, piece, UInt32(piece.count)) == ZIP_OK) }
        #expect(zipCloseFileInZip(archive) == ZIP_OK && zipClose(archive, nil) == ZIP_OK)
        let bomb = IngestionError.expandsTooFar(
            source: "bomb.zip/bomb.csv", reason: "it unpacks to 1000 times its size or more")
        #expect(throws: bomb) { try SourceFile.parts(ofFileAt: path) }
        // With more patience it is a file like any other.
        var limits = ExpansionLimits.standard
        limits.ratio = 2_000
        let part = try SourceFile.parts(ofFileAt: path, limits: limits)[0]
        let reader = try part.open()
        var unpacked = 0
        while let piece = try reader.nextPiece() { unpacked += piece.count }
        #expect(unpacked == 100 << 20)
    }

    @Test func aFileOfNothingButNULs() throws {
        let path = try folder.write([UInt8](repeating: 0, count: 1 << 20), to: "nul.csv").path
        let part = try SourceFile.parts(ofFileAt: path)[0]
        let error = try #require(throws: IngestionError.self) { try SourceSurvey(of: part) }
        guard case .unsupportedFormat("nul.csv", let found, _) = error else { throw error }
        #expect(found.contains("NUL bytes"))
    }

    /// A disk that was full, or a machine that stopped, leaves zeros at the end.
    @Test func aTailOfNULs() throws {
        let bytes = Array("a,b\n1,2\n3,".utf8) + [UInt8](repeating: 0, count: 5 << 20)
        let part = SourcePart(name: "t", pieces: bytes.cut(into: 100_000))
        let survey = try SourceSurvey(of: part)
        var reader = try RecordReader(part: part, dialect: survey.dialect, encoding: survey.encoding)
        #expect(try reader.next()?.flaw == nil)
        #expect(try reader.next()?.flaw == .tooLong)
        #expect(try reader.next() == nil)
    }

    @Test func aFileThatIsWrittenTo() throws {
        let url = try folder.write("a,b\n1,2\n".utf8, to: "b.csv")
        let part = try SourceFile.parts(ofFileAt: url.path)[0]
        let reader = try part.open()
        #expect(try reader.nextPiece()?.count == 8)
        let handle = try FileHandle(forWritingTo: url)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("3,4\n".utf8))
        try handle.close()
        let error = try #require(throws: IngestionError.self) { while try reader.nextPiece() != nil {} }
        #expect(error == .changed(path: url.path))
        #expect("\(error)".contains("was changed while it was being read"))
        #expect(throws: IngestionError.changed(path: url.path)) { try part.open() }
        // Another file of the same name.
        try FileManager.default.removeItem(at: url)
        #expect(throws: IngestionError.self) { try part.open() }
    }

    /// Archives with a few bytes changed must give their rows or an error.
    @Test func archivesWithChangedBytes() throws {
        let archives = try readingGolden("archives.json", as: [String: Data].self)
        var random = SeededGenerator(seed: 7)
        var failures = 0
        for name in ["gzip", "gzipMembers", "zip", "zip64", "zipStored", "zipSeveral"] {
            let sound = Array(try #require(archives[name]))
            for _ in 0..<60 {
                var bytes = sound
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
                let path = try folder.write(bytes, to: "changed").path
                do throws(IngestionError) {
                    for part in try SourceFile.parts(ofFileAt: path) { _ = try SourceSurvey(of: part) }
                } catch {
                    #expect(!"\(error)".isEmpty)
                    failures += 1
                }
            }
        }
        #expect(failures > 100)
    }
}
