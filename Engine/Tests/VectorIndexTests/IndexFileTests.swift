import EngineTestSupport
import Foundation
import MemoryMapping
import Testing
import VectorIndex

@Suite("Index over a file")
struct IndexFileTests {
    func bytes(_ floats: [Float]) -> [UInt8] {
        floats.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) } }
    }

    @Test func aFileAnswersLikeAnArray() throws {
        var random = SplitMix64(seed: 11)
        let vectors = random.floats(50 * 7)
        let query = random.floats(7)
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let path = try directory.write(bytes(vectors), to: "vectors.f32").path
        let inFile = try ExactIndex(file: MappedFile(path: path), count: 50, dimension: 7)
        let inArray = try ExactIndex(vectors: vectors, dimension: 7)
        #expect(try inFile.scores(of: query) == inArray.scores(of: query))
        #expect(try inFile.nearest(to: query, count: 9) == inArray.nearest(to: query, count: 9))
        #expect(inFile.vector(at: 49) == inArray.vector(at: 49))

        let part = try ExactIndex(file: MappedFile(path: path), offset: 10 * 28, count: 3, dimension: 7)
        #expect(part.vector(at: 2) == inArray.vector(at: 12))
        #expect(try part.scores(of: query) == Array(inArray.scores(of: query)[10..<13]))
    }

    @Test func theSizeMustBeExact() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let file = try MappedFile(path: directory.write([UInt8](repeating: 0, count: 48), to: "v").path)
        #expect(try ExactIndex(file: file, count: 4, dimension: 3).count == 4)
        for (count, dimension) in [(3, 3), (5, 3), (4, 4), (0, 3)] {
            #expect {
                try ExactIndex(file: file, count: count, dimension: dimension)
            } throws: {
                ($0 as? VectorIndexError)?.code == .wrongFileSize && "\($0)".contains("48 bytes")
            }
        }
        for (count, dimension) in [(-1, 3), (4, 0), (Int.max, 2), (1 << 40, 1 << 40)] {
            #expect {
                try ExactIndex(file: file, count: count, dimension: dimension)
            } throws: {
                ($0 as? VectorIndexError)?.code == .badShape
            }
        }
        for (offset, count) in [(4, 4), (-4, 1), (2, 1), (48, 1), (Int.max - 3, 1)] {
            #expect {
                try ExactIndex(file: file, offset: offset, count: count, dimension: 3)
            } throws: {
                ($0 as? VectorIndexError)?.code == .wrongFileSize
            }
        }
    }

    @Test func anEmptyFileIsAnEmptyIndex() throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        let index = try ExactIndex(file: MappedFile(path: directory.write([], to: "v").path), count: 0, dimension: 3)
        #expect(try index.nearest(to: [1, 2, 3], count: 4).isEmpty)
    }
}

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
