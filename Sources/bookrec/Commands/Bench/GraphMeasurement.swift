import Foundation
import Kernels
import VectorIndex

/// What a graph index finds, and how fast, at rising effort.
struct GraphMeasurement: Encodable {
    struct Point: Encodable {
        var effort: Int
        /// The share of the best that floats find which are found.
        var recall: Double
        /// One at a time, on one thread.
        var queriesPerSecond: Double
    }

    var level: String
    var count: Int
    /// Missing where the graph was opened.
    var buildSeconds: Double?
    var openMilliseconds: Double?
    /// Of vectors and links.
    var indexMiB: Double
    /// What the process grew by.
    var grownMiB: Double
    var curve: [Point] = []

    private static let efforts = [16, 24, 32, 48, 64, 96, 128, 192, 256, 384]

    init(
        _ vectors: QuantizedVectors, _ all: [Float], _ queries: [[Float]], nearest: Int, seconds: Double,
        keptIn folder: String?, memoryBefore: Double
    ) throws {
        level = Kernels.level.rawValue
        count = vectors.count
        let file = folder.map { URL(filePath: $0).appending(path: "\(vectors.count)-\(vectors.dimension).graph") }
        var graph: GraphIndex
        if let file, FileManager.default.fileExists(atPath: file.path) {
            var opened: GraphIndex?
            openMilliseconds = try 1000 * Stopwatch.time { opened = try GraphIndex(path: file.path, vectors: vectors) }
            graph = opened!
        } else {
            var built: GraphIndex?
            buildSeconds = Stopwatch.time { built = GraphIndex(building: vectors) }
            graph = built!
            if let file {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try graph.write(to: file.path)
            }
        }
        indexMiB = Double(2 * count * vectors.dimension + 4 * count * graph.degree) / 1_048_576
        grownMiB = ResidentMemory.mebibytes - memoryBefore
        let sample = Array(queries.prefix(200))
        let truth = sample.map { BenchSearch.truth($0, all, vectors.dimension, nearest) }
        for effort in Self.efforts {
            graph.effort = effort
            let hits = try zip(sample, truth).reduce(0) { sum, pair in
                sum + Set(try graph.nearest(to: pair.0, count: nearest).map(\.row)).intersection(pair.1).count
            }
            let times = try Stopwatch.times(for: seconds, count: queries.count) {
                _ = try graph.nearest(to: queries[$0], count: nearest)
            }
            curve.append(
                Point(
                    effort: effort, recall: Double(hits) / Double(max(1, sample.count * min(nearest, count))),
                    queriesPerSecond: Double(times.count) / times.reduce(0, +)))
        }
    }

    func show() {
        func line(_ name: String, _ value: String) {
            Console.result(name.padding(toLength: 44, withPad: " ", startingAt: 0) + value)
        }
        line("kernels", level)
        line("vectors and links", "\(count), \(indexMiB.shown("MiB"))")
        if let buildSeconds { line("built in", buildSeconds.shown("s")) }
        if let openMilliseconds { line("opened in", openMilliseconds.shown("ms")) }
        for point in curve {
            line(
                "effort \(point.effort)",
                String(format: "%.2f %%", 100 * point.recall)
                    + " of the best, \(point.queriesPerSecond.shown("a second"))")
        }
    }
}
