import Catalog
public import CatalogStore
import Foundation

extension Ingestion {
    /// The source that simulated readers are of.
    public static let simulatedSource = "simulated"

    /// Makes demonstration readers for the library's works, as `SimulatedReaders` describes, and takes their marks in.
    /// The same seed again changes nothing; with fewer readers, those made before stay.
    /// - Throws: `LibraryError`, `SimulationError.noWorks` when there is nothing to rate.
    public func simulate(readers: Int, seed: UInt64, onProgress: (Int) -> Void = { _ in }) throws -> RowCounts {
        let startedAt = Date()
        let lock = try IngestLock(for: library)
        return try withExtendedLifetime(lock) {
            var books: [SimulatedReaders.Book] = []
            try library.forEachWork { work in
                let item = RatedItem(
                    key: work.isbn13s.first.map(EditionKey.isbn) ?? .work(work.id), isbn13: work.isbn13s.first,
                    title: work.title, authors: work.authors)
                books.append(
                    SimulatedReaders.Book(
                        item: item, categories: work.categories, mean: work.averageRating,
                        ratingsCount: work.ratingsCount))
            }
            guard books.count > 1 else { throw SimulationError.noWorks }
            let simulation = SimulatedReaders(of: books, seed: seed)
            let staging = try Staging(for: library, name: "simulated-\(getpid())")
            var line = 0
            for reader in 0..<readers {
                let rows = simulation.marks(ofReader: reader).map { mark in
                    line += 1
                    return StagedRow(
                        line: line, source: Self.simulatedSource, content: .mark(mark), isSimulated: true)
                }
                try staging.add(rows, isLast: reader == readers - 1)
                onProgress(reader + 1)
            }
            let origin = RunOrigin(
                kind: "simulated", source: Self.simulatedSource, file: "seed \(seed)", sha256: "", bytes: 0,
                startedAt: startedAt, codeVersion: codeVersion, format: "{\"readers\":\(readers),\"seed\":\(seed)}")
            let taken = try library.take(
                staging, from: origin,
                report: { counts, _ in
                    String(decoding: try JSONEncoder().encode(counts), as: UTF8.self)
                })
            try staging.discard()
            return taken.counts
        }
    }
}

/// Why no readers can be simulated.
public enum SimulationError: Error, Sendable, CustomStringConvertible {
    case noWorks

    public var description: String {
        "The library has no two works that readers could rate. Take books in first: `bookrec ingest books FILE`."
    }
}
