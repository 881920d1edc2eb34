import EngineTestSupport
import Evaluation
import Foundation
import MemoryMapping
import Testing
import VectorIndex

@Suite("Vector files")
struct VectorFileTests {
    let folder: TemporaryFolder
    let path: String
    let vectors: QuantizedVectors

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("vectors.index")
        vectors = try VectorFixture.random(count: 30, dimension: 20, seed: 61).quantized()
    }

    private func opening(
        _ bytes: [UInt8], _ verification: FileVerification = .automatic
    ) throws -> QuantizedVectors {
        try folder.write(bytes, to: "changed")
        return try QuantizedVectors(path: folder.path("changed"), verification: verification)
    }

    private func written() throws -> [UInt8] {
        try vectors.write(to: path)
        return try Array(Data(contentsOf: URL(filePath: path)))
    }

    @Test func whatIsWrittenIsRead() throws {
        try vectors.write(to: path)
        let read = try QuantizedVectors(path: path)
        #expect(read.count == 30 && read.dimension == 20 && read.fingerprint == vectors.fingerprint)
        for row in 0..<30 { #expect(read.codedRow(at: row) == vectors.codedRow(at: row)) }
        let query = vectors.vector(at: 3)
        #expect(try ExactIndex(read).nearest(to: query, count: 7) == ExactIndex(vectors).nearest(to: query, count: 7))
        try read.verify()

        // Over the file that is mapped, and to the same bytes.
        let bytes = try written()
        try read.write(to: path)
        #expect(try Array(Data(contentsOf: URL(filePath: path))) == bytes)
        #expect(read.codedRow(at: 29) == vectors.codedRow(at: 29))
        #expect(try folder.names() == ["vectors.index"])
    }

    @Test func noVectorsAreAFileToo() throws {
        try QuantizedVectors(quantizing: [], dimension: 3).write(to: path)
        let read = try QuantizedVectors(path: path)
        #expect(read.count == 0 && read.dimension == 3)
        #expect(try ExactIndex(read).nearest(to: [1, 2, 3], count: 2).isEmpty)
    }

    /// The layout, byte by byte, as another program would read it.
    @Test func theLayoutIsAsDocumented() throws {
        let bytes = try written()
        func number(_ offset: Int, _ size: Int) -> Int {
            (0..<size).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        #expect(String(decoding: bytes[..<8], as: UTF8.self) == "BRVECTOR")
        #expect(number(8, 4) == 1 && number(12, 4) == 3 && number(16, 8) == bytes.count)
        #expect(number(24, 8) == 30 && number(32, 8) == 20)
        // Offset and size of each section: 30 rows of 64 bytes, twice, and their scales.
        for (entry, wanted) in [(56, (192, 1920)), (80, (2112, 1920)), (104, (4032, 120))] {
            #expect(number(entry, 8) == wanted.0)
            #expect(number(entry + 8, 8) == wanted.1)
        }
        let row = vectors.codedRow(at: 2)
        #expect(Array(bytes[320..<340]) == row.codes.map(UInt8.init(bitPattern:)))
        #expect(Array(bytes[2240..<2260]) == row.rests.map(UInt8.init(bitPattern:)))
        #expect(number(4040, 4) == Int(row.scale.bitPattern))
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try written()
        for count in Array(0..<260) + [bytes.count / 2, bytes.count - 1] {
            #expect("\(count) bytes") {
                try opening(Array(bytes.prefix(count)), .header)
            } throws: {
                let code = ($0 as? VectorIndexError)?.code
                return code == (count < 8 ? .wrongFormat : .wrongFileSize) && "\($0)".contains("changed")
            }
        }
        #expect(throws: VectorIndexError.self) { try opening(bytes + [0], .header) }
    }

    @Test func everyBitOfTheHeaderCounts() throws {
        let bytes = try written()
        for bit in 0..<192 * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect("bit \(bit)") {
                try opening(changed, .header)
            } throws: {
                let code = ($0 as? VectorIndexError)?.code
                return bit < 96 ? code == .wrongFormat : code == .damaged
            }
        }
    }

    @Test func flipsInTheRowsAreFound() throws {
        let bytes = try written()
        for place in stride(from: 192, to: bytes.count, by: 37) {
            var changed = bytes
            changed[place] ^= 4
            for verification in [FileVerification.automatic, .everything] {
                #expect {
                    try opening(changed, verification)
                } throws: {
                    ($0 as? VectorIndexError)?.code == .damaged && "\($0)".contains("section")
                }
            }
            let unverified = try opening(changed, .header)
            #expect(throws: VectorIndexError.self) { try unverified.verify() }
        }
    }

    /// Whatever the rows of an unverified file hold, a search ends, with rows
    /// that exist.
    @Test func damagedRowsHarmNobody() throws {
        let bytes = try written()
        var random = SeededGenerator(seed: 62)
        for round in 0..<100 {
            var changed = bytes
            for _ in 0..<1 + round * 3 {
                changed[Int.random(in: 192..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            // Scales that are no numbers, too.
            for row in 0..<round % 31 {
                let nan = Float.nan.bitPattern.littleEndian
                withUnsafeBytes(of: nan) { changed.replaceSubrange(4032 + 4 * row..<4036 + 4 * row, with: $0) }
            }
            let index = ExactIndex(try opening(changed, .header))
            let found = try index.nearest(to: vectors.vector(at: 0), count: 40)
            #expect(found.map(\.row).sorted() == Array(0..<30))
            let numbers = found.prefix { !$0.score.isNaN }
            #expect(found.dropFirst(numbers.count).allSatisfy { $0.score.isNaN })
            #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
    }

    @Test func whatCannotBeReadOrWrittenIsNamed() throws {
        #expect {
            try QuantizedVectors(path: folder.path("none"))
        } throws: {
            ($0 as? VectorIndexError)?.code == .cannotRead && "\($0)".contains("No such file")
        }
        #expect {
            try vectors.write(to: folder.path("none/vectors.index"))
        } throws: {
            ($0 as? VectorIndexError)?.code == .cannotWrite && "\($0)".contains("No such file")
        }
        // A folder cannot be replaced; nothing may stay beside it.
        try FileManager.default.createDirectory(atPath: folder.path("folder/inside"), withIntermediateDirectories: true)
        #expect {
            try vectors.write(to: folder.path("folder"))
        } throws: {
            ($0 as? VectorIndexError)?.code == .cannotWrite
        }
        #expect(try folder.names() == ["folder"])
    }
}
