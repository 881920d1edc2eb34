public import Artifacts
import Catalog
import CatalogStore
public import Foundation
import MemoryMapping
import Ranking
public import TextEmbedding
import VectorIndex

/// Answers from one bundle. Nothing in it ever changes but what it remembers having shown, so any number of threads may ask at
/// once.
public final class Recommender: BookRecommending {
    let manifest: BundleManifest
    let encoder: TextEncoder
    let snapshot: CatalogSnapshot
    let names: ExactIndex
    /// Works without a description have a row of zeros.
    let descriptions: ExactIndex
    /// The rating leg of every work, 0...1.
    let ratings: [Float]
    let labels: Labels
    /// By row.
    let recentlyShown = RecentCache<Int, ShownWork>(capacity: shownWorksKept)

    /// Opens the files of a bundle that was verified before.
    /// - Throws: `ArtifactError` when the files do not fit the manifest.
    public init(bundleAt folder: URL, manifest: BundleManifest, encoder: TextEncoder) throws {
        func path(_ file: BundleFile) -> String { folder.appending(path: file.rawValue).path }
        self.manifest = manifest
        self.encoder = encoder
        do {
            snapshot = try CatalogSnapshot(path: path(.works))
            names = try ExactIndex(QuantizedVectors(path: path(.nameVectors)))
            descriptions = try ExactIndex(QuantizedVectors(path: path(.descriptionVectors)))
            ratings = try Self.floats(MappedFile(path: path(.ratings)))
            labels = try Labels(
                bundleAt: folder, lengths: snapshot.pages().map { $0.flatMap(LengthClass.init(pages:)) })
        } catch {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path, reason: "\(error)",
                remedy: "Train a new one with `bookrec train --force`.")
        }
        let counts = [names.count, descriptions.count, ratings.count]
        guard counts.allSatisfy({ $0 == manifest.works }), names.dimension == descriptions.dimension,
            names.dimension == manifest.dimension
        else {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path,
                reason: "its files hold \(counts) rows where its manifest says \(manifest.works)",
                remedy: "Train a new one with `bookrec train --force`.")
        }
        guard manifest.dimension == encoder.dimension else {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path,
                reason: "its vectors have \(manifest.dimension) dimensions and the text model \(encoder.dimension)",
                remedy: "Train a new one with `bookrec train --force`.")
        }
    }

    /// A whole file of little-endian floats.
    private static func floats(_ file: MappedFile) throws -> [Float] {
        let count = file.count / MemoryLayout<Float>.stride
        try file.checkRegion(of: Float.self, at: 0, count: count)
        return file.withElements(of: Float.self, at: 0, count: count) { Array($0) }
    }

    public var version: ServingVersion {
        ServingVersion(bundle: manifest.id, schema: manifest.format, works: manifest.works)
    }

    public func isReady() -> Bool {
        let answer = try? search(SearchRequest(query: manifest.goldenQuery.query, limit: 1))
        return answer?.hits.first?.book.id == manifest.goldenQuery.work
    }

    public func book(_ idOrISBN: String) throws -> Book {
        let row = try row(of: idOrISBN)
        let work = try work(atRow: row)
        return Book(work, impression: impression(of: work, row: row, isWhole: true))
    }

    /// The row of the work with this id or ISBN.
    /// - Throws: `RequestError.unknownBook`.
    func row(of idOrISBN: String) throws -> Int {
        if let row = try snapshot.row(of: WorkID(rawValue: idOrISBN)) { return row }
        if let isbn = ISBN13.parse(idOrISBN), let row = try snapshot.row(of: isbn) { return row }
        throw RequestError.unknownBook(String(idOrISBN.prefix(100)))
    }

    func work(atRow row: Int) throws -> Work {
        // One row in, one work out, or `works` throws.
        try snapshot.works(atRows: [row])[0]
    }
}
