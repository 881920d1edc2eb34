import EngineTestSupport
import Foundation
import MemoryMapping
import Testing

@Suite("Mapped files")
struct MappedFileTests {
    @Test func bytesAreThoseOfTheFile() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let file = try MappedFile(path: directory.write(bytes, to: "f").path)
        #expect(file.count == bytes.count)
        #expect(file.withUnsafeBytes { Array($0) } == bytes)
        for region in [0..<10_000, 5000..<5001, 9999..<20_000, 0..<0] {
            file.expect(.scattered, in: region)
            file.expect(.whole, in: region)
        }
        // The mapping outlives the file's name.
        try FileManager.default.removeItem(atPath: file.path)
        #expect(file.withUnsafeBytes { Array($0) } == bytes)
    }

    @Test func anEmptyFileHasNoBytes() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let file = try MappedFile(path: directory.write([], to: "f").path)
        #expect(file.count == 0)
        #expect(file.withUnsafeBytes { $0.count } == 0)
        try file.checkRegion(of: Float.self, at: 0, count: 0)
        #expect(file.withElements(of: Float.self, at: 0, count: 0) { $0.count } == 0)
    }

    @Test func regionsAreChecked() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let file = try MappedFile(path: directory.write([0, 0, 128, 63, 0, 0, 0, 64], to: "f").path)
        #expect(file.withElements(of: Float.self, at: 4, count: 1) { Array($0) } == [2])
        for (offset, count) in [(0, 3), (8, 1), (9, 0), (-4, 1), (0, -1), (0, Int.max), (Int.max, 1)] {
            #expect {
                try file.checkRegion(of: Float.self, at: offset, count: count)
            } throws: {
                ($0 as? MappedFileError)?.code == .regionOutside
            }
        }
        #expect {
            try file.checkRegion(of: Float.self, at: 2, count: 1)
        } throws: {
            ($0 as? MappedFileError)?.code == .misaligned
        }
    }

    @Test func whatIsNoRegularFileIsRefused() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let pipe = directory.url.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        // Opening a pipe without a writer must not wait for one.
        for path in [directory.url.path, "/dev/null", pipe] {
            #expect {
                try MappedFile(path: path)
            } throws: {
                ($0 as? MappedFileError)?.code == .notRegularFile && "\($0)".contains(path)
            }
        }
    }

    @Test func aMissingFileIsNamedWithItsCause() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let path = directory.url.appending(path: "none").path
        #expect {
            try MappedFile(path: path)
        } throws: {
            ($0 as? MappedFileError)?.code == .cannotOpen && "\($0)".contains("No such file")
        }
    }
}
