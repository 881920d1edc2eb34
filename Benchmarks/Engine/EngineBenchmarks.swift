import Benchmark
import EngineTestSupport
import Evaluation
import Foundation
import Kernels
import TextEmbedding
import VectorIndex

/// The engine's hot paths, each alone: what a query and a description cost, and what finding the nearest costs.
///
/// Needs the text model: `make model`, or BOOKREC_TEST_MODEL.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput, .peakMemoryResident], warmupIterations: 3, maxDuration: .seconds(3))

    for precision in EncoderPrecision.allCases {
        Benchmark("embed one query of a dozen tokens, \(precision)") { benchmark in
            let encoder = try TextEncoder(directory: TestModel.directory(), precision: precision)
            _ = encoder.embed(Texts.query)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { blackHole(encoder.embed(Texts.query)) }
        }
        Benchmark("embed 16 texts of 128 tokens on one thread, \(precision)") { benchmark in
            let encoder = try TextEncoder(directory: TestModel.directory(), precision: precision)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { blackHole(encoder.embed(Texts.descriptions, threads: 1)) }
        }
    }

    for count in [7_000, 100_000] {
        Benchmark("find 10 nearest of \(count) vectors on one thread") { benchmark in
            var random = SeededGenerator(seed: 1)
            let index = try ExactIndex(QuantizedVectors(quantizing: random.floats(count * 384), dimension: 384))
            let query = random.floats(384)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(try index.nearest(toEach: [query], count: 10, threads: 1))
            }
        }
    }
}

private enum Texts {
    static let query = "a hopeful story about growing old by the sea"
    /// 126 words of one token each, and [CLS] and [SEP].
    static let descriptions = (0..<16).map { number in
        let words = ["the", "old", "sea", "king", "went", "home"]
        return (0..<126).map { words[($0 * 7 + number) % words.count] }.joined(separator: " ")
    }
}
