import ArgumentParser
import Foundation
import Kernels
import VectorIndex

struct BenchSearch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "How fast the nearest of many vectors are found.")

    @Option(help: "How many vectors to search.")
    var count = 7_000

    @Option(help: "Numbers in a vector.")
    var dimension = 384

    @Option(help: "How many are to be found.")
    var nearest = 10

    @Option(help: "How long each measurement takes, in seconds.")
    var seconds = 1.0

    @Option(
        help: ArgumentHelp(
            "Vectors as little-endian 32-bit floats without a header, instead of invented ones; the first --count of them.",
            valueName: "file"))
    var vectors: String?

    @Option(help: ArgumentHelp("Queries, in the same form.", valueName: "file"))
    var queries: String?

    @Flag(help: "Measure the graph index instead of the exact one.")
    var graph = false

    @Option(
        help: ArgumentHelp(
            "Where the vectors' bytes and their graph are kept, and opened from if they are there: building takes long.",
            valueName: "dir"))
    var keep: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        for (name, value) in [("--count", count), ("--dimension", dimension), ("--nearest", nearest)] where value < 1 {
            throw ValidationError("\(name) must be 1 or more, not \(value).")
        }
        guard seconds > 0 else { throw ValidationError("--seconds must be more than 0, not \(seconds).") }
        guard (vectors == nil) == (queries == nil) else {
            throw ValidationError("Give --vectors and --queries together, or neither.")
        }
    }

    func run() throws {
        let rows = try vectors.map { try FloatFile.read($0, atMost: count * dimension, multipleOf: dimension) }
        let asked = try queries.map { try FloatFile.read($0, atMost: 1_000 * dimension, multipleOf: dimension) }
        let all = rows ?? InventedVectors.make(count: count, dimension: dimension, seed: 1)
        let queries = Self.rows(of: asked ?? InventedVectors.make(count: 200, dimension: dimension, seed: 2), dimension)
        guard all.count == count * dimension else {
            throw CommandError(
                "\(vectors ?? "") holds \(all.count / dimension) vectors, fewer than the \(count) of --count.",
                exitCode: badData)
        }
        let memory = ResidentMemory.mebibytes
        let index = ExactIndex(try QuantizedVectors(quantizing: all, dimension: dimension))
        let grown = ResidentMemory.mebibytes - memory
        if graph {
            let result = try GraphMeasurement(
                index.vectors, all, queries, nearest: nearest, seconds: seconds, keptIn: keep, memoryBefore: memory)
            if json { try Console.json(result) } else { result.show() }
        } else {
            let result = try exact(index, all, queries, grown: grown)
            if json { try Console.json(result) } else { result.show() }
        }
    }

    private func exact(_ index: ExactIndex, _ all: [Float], _ queries: [[Float]], grown: Double) throws -> Exact {
        // The truth costs a pass of floats over everything: for some of the queries.
        let sample = Array(queries.prefix(100))
        let found = try index.nearest(toEach: sample, count: nearest)
        let hits = zip(sample, found).map { query, found in
            Set(found.map(\.row)).intersection(Self.truth(query, all, dimension, nearest)).count
        }
        let alone = try Stopwatch.times(for: seconds, count: queries.count) {
            _ = try index.nearest(toEach: [queries[$0]], count: nearest, threads: 1)
        }
        func rate(_ threads: Int) throws -> Double {
            let batch = Array(queries.prefix(max(16, min(queries.count, 20_000_000 / count))))
            return try Double(batch.count)
                / Stopwatch.median(for: seconds) {
                    _ = try index.nearest(toEach: batch, count: nearest, threads: threads)
                }
        }
        let bytes = Double(count * dimension)
        let one = Percentiles(alone)
        let limit = MachineLimits.bytesReadPerSecond(megabytes: max(1, min(1_024, (count * dimension) >> 20)))
        return Exact(
            level: Kernels.level.rawValue, count: count,
            recall: Double(hits.reduce(0, +)) / Double(max(1, sample.count * min(nearest, count))),
            milliseconds: Percentiles(milliseconds: alone), one: 1 / one.p50, batchOneThread: try rate(1),
            batchTwoThreads: try rate(2), indexMiB: 2 * bytes / 1_048_576, grownMiB: grown,
            bytesPerSecond: bytes / one.p50, limit: limit)
    }

    /// The rows that plain arithmetic on floats finds.
    static func truth(_ query: [Float], _ all: [Float], _ dimension: Int, _ wanted: Int) -> Set<Int> {
        let count = all.count / dimension
        var scores = [Float](repeating: 0, count: count)
        all.withUnsafeBufferPointer { all in
            scores.withUnsafeMutableBufferPointer { scores in
                Kernels.selected.scores(
                    MatrixView(all.baseAddress!, rows: count, columns: dimension), query: query.span, into: scores)
            }
        }
        return Set(scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(wanted))
    }

    private static func rows(of floats: [Float], _ dimension: Int) -> [[Float]] {
        stride(from: 0, to: floats.count, by: dimension).map { Array(floats[$0..<$0 + dimension]) }
    }

    struct Exact: Encodable {
        var level: String
        var count: Int
        /// The share of the best that floats find which are found.
        var recall: Double
        /// A query alone, on one thread.
        var milliseconds: Percentiles
        /// Queries a second, one at a time.
        var one: Double
        var batchOneThread: Double
        var batchTwoThreads: Double
        var indexMiB: Double
        var grownMiB: Double
        var bytesPerSecond: Double
        /// Bytes a second that one thread reads from as much memory.
        var limit: Double

        enum CodingKeys: String, CodingKey {
            case level, count, recall, milliseconds, one, indexMiB, grownMiB, bytesPerSecond, limit
            case batchOneThread = "batch-1"
            case batchTwoThreads = "batch-2"
        }

        func show() {
            func line(_ name: String, _ value: String) {
                Console.result(name.padding(toLength: 44, withPad: " ", startingAt: 0) + value)
            }
            line("kernels", level)
            line("vectors", "\(count), \(indexMiB.shown("MiB"))")
            line(
                "a query alone, one thread", "p50 \(milliseconds.p50.shown("ms")), p99 \(milliseconds.p99.shown("ms"))")
            line("queries in batches, one thread", batchOneThread.shown("a second"))
            line("queries in batches, two threads", batchTwoThreads.shown("a second"))
            line("the best of floats that are found", String(format: "%.2f %%", 100 * recall))
            line(
                "bytes read for a query alone",
                "\((bytesPerSecond / 1e9).shown("GB a second")), \(Int((100 * bytesPerSecond / limit).rounded())) % of "
                    + "the \((limit / 1e9).shown("GB a second")) that a core reads")
        }
    }
}

/// A file of little-endian floats.
enum FloatFile {
    static func read(_ path: String, atMost count: Int, multipleOf dimension: Int) throws -> [Float] {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandError("Cannot read \(path). Check that it exists and may be read.", exitCode: noInput)
        }
        let data = try file.read(upToCount: count * MemoryLayout<Float>.stride) ?? Data()
        guard !data.isEmpty, data.count.isMultiple(of: dimension * MemoryLayout<Float>.stride) else {
            throw CommandError(
                "\(path) holds \(data.count) bytes, which are no vectors of \(dimension) floats. Check --dimension.",
                exitCode: badData)
        }
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }
}

/// Vectors for measuring where none are given: of unit length, about a hundred subjects with some variation.
enum InventedVectors {
    static func make(count: Int, dimension: Int, seed: UInt64) -> [Float] {
        // The subjects are the same for every seed, so that queries have neighbours.
        var common = Generator(state: 7)
        let subjects = (0..<100).map { _ in (0..<dimension).map { _ in common.next() } }
        var own = Generator(state: seed &* 1_000_003)
        var vectors: [Float] = []
        vectors.reserveCapacity(count * dimension)
        for row in 0..<count {
            let subject = subjects[row % subjects.count]
            let vector = subject.map { $0 + own.next() }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            vectors += vector.map { $0 / length }
        }
        return vectors
    }

    /// Xorshift, Marsaglia 2003: even numbers from -1 to 1, the same in every run.
    private struct Generator {
        var state: UInt64

        mutating func next() -> Float {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
        }
    }
}
