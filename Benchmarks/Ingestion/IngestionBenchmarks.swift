import Benchmark
import CatalogStore
import Foundation
import Ingestion

/// Rows a second from a file to the library's disk: read throughput as rows, 1,000 rows an iteration's unit.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput, .peakMemoryResident], scalingFactor: .kilo, maxDuration: .seconds(60),
        maxIterations: 5)

    let folder = FileManager.default.temporaryDirectory.appending(path: "bookrec-benchmark-\(getpid())")
    let books = folder.appending(path: "books.csv")
    let ratings = folder.appending(path: "ratings.csv")
    try? InventedFiles.write(books: 20_000, to: books)
    try? InventedFiles.write(ratings: 200_000, of: 20_000, to: ratings)

    Benchmark("20,000 books into an empty library", configuration: .init(scalingFactor: .one)) { benchmark in
        for _ in benchmark.scaledIterations {
            let library = try temporaryLibrary(in: folder)
            benchmark.startMeasurement()
            try ingest(books, .books, into: library)
            benchmark.stopMeasurement()
        }
    }

    Benchmark("20,000 books again", configuration: .init(scalingFactor: .one)) { benchmark in
        let library = try temporaryLibrary(in: folder)
        try ingest(books, .books, into: library)
        for _ in benchmark.scaledIterations {
            benchmark.startMeasurement()
            try ingest(books, .books, into: library)
            benchmark.stopMeasurement()
        }
    }

    Benchmark("200,000 ratings into a library of 20,000 books", configuration: .init(scalingFactor: .one)) {
        benchmark in
        for _ in benchmark.scaledIterations {
            let library = try temporaryLibrary(in: folder)
            try ingest(books, .books, into: library)
            benchmark.startMeasurement()
            try ingest(ratings, .ratings, into: library)
            benchmark.stopMeasurement()
        }
    }
}

private func temporaryLibrary(in folder: URL) throws -> Library {
    try Library(path: folder.appending(path: "\(UUID().uuidString)/library.sqlite").path, access: .create)
}

private func ingest(_ file: URL, _ subject: SourceFormat.Subject, into library: Library) throws {
    let settings = Ingestion.Settings(subject, contract: try .standard())
    let outcomes = try Ingestion(library: library, codeVersion: "benchmark").ingest(fileAt: file.path, settings)
    for outcome in outcomes where outcome.failure != nil || outcome.report.quarantined > 0 {
        fatalError("the benchmark's own file is refused: \(outcome)")
    }
}
