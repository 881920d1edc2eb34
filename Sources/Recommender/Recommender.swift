public import Artifacts
import Catalog
import CatalogStore
import CollaborativeFiltering
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
    let vectors: MeaningVectors
    let lexicon: Lexicon
    let readerNeighbors: ReaderNeighbors
    let columns: CatalogColumns
    /// What readers think of every work, small samples pulled towards the mean, 0...1.
    let ratings: [Float]
    /// How well known and how well liked every work is, 0...1: the rating leg.
    let standing: [Float]
    let labels: Labels
    let traits: Traits
    let facetCounts: FacetCounts
    let suggester: Suggester
    let tastes: TasteSources
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
            columns = try snapshot.columns()
            vectors = try MeaningVectors(bundleAt: folder, works: manifest.works)
            lexicon = try Lexicon(bundleAt: folder, works: manifest.works)
            readerNeighbors = try ReaderNeighbors(bundleAt: folder, works: manifest.works)
            ratings = try Self.floats(MappedFile(path: path(.ratings)))
            labels = try Labels(
                bundleAt: folder, lengths: columns.pages.map { $0 > 0 ? LengthClass(pages: Int($0)) : nil })
        } catch {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path, reason: "\(error)",
                remedy: "Train a new one with `bookrec train --force`.")
        }
        let (readers, company, blend): (any CollaborativeModel, ItemWeights, TasteBlend)
        do {
            readers = try ModelFile.open(path: path(.readerModel))
            company = try ItemWeights(path: path(.company))
            blend = try JSONDecoder().decode(
                TasteBlend.self, from: Data(contentsOf: folder.appending(path: BundleFile.tasteBlend.rawValue)))
        } catch {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path, reason: "\(error)",
                remedy: "Train a new one with `bookrec train --force`.")
        }
        let counts = [
            readers.itemCount, company.itemCount, vectors.works.count, vectors.names.count, vectors.descriptions.count,
            ratings.count, columns.count,
        ]
        guard counts.allSatisfy({ $0 == manifest.works }),
            [vectors.works, vectors.names, vectors.descriptions, vectors.sentences].allSatisfy({
                $0.dimension == manifest.dimension
            })
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
        standing = Self.standing(ratings, columns.ratingsCounts)
        traits = Traits(labels)
        facetCounts = FacetCounts(traits, columns)
        suggester = Suggester(columns, lexicon)
        tastes = TasteSources(
            readers: readers, company: company,
            popularity: TasteSources.popularity(
                (0..<manifest.works).map { [readerNeighbors] in readerNeighbors.readers($0).all }),
            blend: blend, vectors: vectors.works, middle: TasteSources.middle(of: vectors.works.vectors),
            columns: columns, traits: traits, standing: standing)
    }

    /// Mostly how many have rated, on a logarithmic scale, as readers ask for well-known books more often; the rest what they
    /// think. Measured in `docs/search.md`.
    private static func standing(_ ratings: [Float], _ counts: [UInt32]) -> [Float] {
        let most = log(1 + Float(counts.max() ?? 0))
        return zip(ratings, counts).map { rating, count in
            0.7 * (most > 0 ? log(1 + Float(count)) / most : 0) + 0.3 * rating
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
        return Book(work, impression: impression(of: work, atRow: row))
    }

    /// The row of the work with this id or ISBN.
    /// - Throws: `RequestError.unknownBook`.
    func row(of idOrISBN: String) throws -> Int {
        guard let row = try rowIfAny(of: idOrISBN) else { throw RequestError.unknownBook(String(idOrISBN.prefix(100))) }
        return row
    }

    /// The row of the work with this id or ISBN; nil where there is none.
    func rowIfAny(of idOrISBN: String) throws -> Int? {
        if let row = try snapshot.row(of: WorkID(rawValue: idOrISBN)) { return row }
        guard let isbn = ISBN13.parse(idOrISBN) else { return nil }
        return try snapshot.row(of: isbn)
    }

    func work(atRow row: Int) throws -> Work {
        // One row in, one work out, or `works` throws.
        try snapshot.works(atRows: [row])[0]
    }
}
