public import Artifacts
import Catalog
public import CatalogStore
import Enrichment
import Foundation
import Ranking
import Recommender
public import TextEmbedding

/// What training is at.
public enum TrainingProgress: Sendable {
    case reading
    /// `done` of the texts whose vectors cannot be taken over are embedded.
    case embedding(done: Int, total: Int)
    case labelling
    case writing
}

/// What became of a training.
public enum TrainingOutcome: Sendable {
    /// Nothing has changed since this bundle was trained.
    case unchanged(BundleManifest)
    case trained(BundleManifest, Statistics)

    public struct Statistics: Sendable {
        /// Texts (names and descriptions) embedded now.
        public var embedded: Int
        /// Texts whose vectors were taken over from the bundle before.
        public var reused: Int
        public var embeddingTime: Duration
        /// What it took to fit the label model to the library and to label every work.
        public var labellingTime = Duration.zero
        /// How readers were learned from, in words; nil where there are none.
        public var readerAlgorithm: String?
    }
}

/// Why there is nothing to train.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
    case emptyLibrary

    public var description: String {
        "The library has no works. Run `bookrec ingest books FILE` first."
    }
}

/// Library in, bundle out: embed, write the snapshot, check the golden query, publish, promote.
public struct Trainer {
    public enum Mode: Sendable {
        /// Skips what has not changed.
        case incremental
        /// Does everything anew.
        case force
    }

    /// How many bundles are kept, the current one among them.
    public static let keptBundles = 3
    /// Raters that the prior of the Bayesian average counts for.
    static let priorWeight = 50.0
    /// Raised when `WorkText` changes: then vectors made earlier are of no use.
    static let textVersion = 2.0
    /// Raised when word indexes, combined vectors or neighbours are made otherwise: then a bundle is made anew though the library is the same.
    static let indexVersion = 4.0

    let library: Library
    let bundles: Bundles
    let encoder: TextEncoder
    let textModel: TextModelManifest
    let codeVersion: String
    let emotionModel: EmotionModel?
    let memory: Int

    /// What learning from readers may take where nothing else is said: a machine of 1 GiB has so much to spare.
    public static let standardMemory = 700 << 20

    /// - Parameters:
    ///   - emotionModel: a heavier model that tells emotions in place of the label model.
    ///   - memory: the bytes that training may take; what learns from readers is chosen to fit.
    public init(
        library: Library, bundles: Bundles, encoder: TextEncoder, textModel: TextModelManifest, codeVersion: String,
        emotionModel: EmotionModel? = nil, memory: Int = standardMemory
    ) {
        self.emotionModel = emotionModel
        self.memory = memory
        self.library = library
        self.bundles = bundles
        self.encoder = encoder
        self.textModel = textModel
        self.codeVersion = codeVersion
    }

    /// Trains on all works of the library and makes the result the bundle that serves.
    /// - Throws: `TrainingError`, `LibraryError`, `ArtifactError`; the bundle that served before goes on serving.
    public func train(
        mode: Mode = .incremental, onProgress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
    ) throws -> TrainingOutcome {
        onProgress(.reading)
        let catalogue = try Catalogue(library)
        let labelModel = try initialLabelModel()
        guard !catalogue.works.isEmpty else { throw TrainingError.emptyLibrary }
        let inputs = BundleManifest.Inputs(
            library: catalogue.digest, textModel: textModel.weights(encoder.precision),
            labelModel: FileDigest.sha256(of: try labelModel.json() + Data((emotionModel?.digest ?? "").utf8)),
            parameters: [
                "priorWeight": Self.priorWeight, "textVersion": Self.textVersion, "indexVersion": Self.indexVersion,
            ])

        let current = mode == .force ? nil : soundCurrentBundle()
        if let current, current.inputs == inputs, answersItsGoldenQuery(current) { return .unchanged(current) }

        let draft = try BundleDraft(in: bundles)
        var (vectors, statistics) = try embed(
            catalogue.works, reusing: current, into: draft, onProgress: onProgress)
        onProgress(.labelling)
        statistics.labellingTime = try ContinuousClock().measure {
            try label(catalogue, vectors, beginningWith: labelModel, into: draft)
        }
        onProgress(.writing)
        try index(catalogue.works, reusing: current, into: draft)
        try writeReaderNeighbors(of: catalogue, into: draft)
        statistics.readerAlgorithm = try writeReaderModels(of: catalogue, into: draft)
        try writeRatings(of: catalogue.works, into: draft)
        try CatalogSnapshot.write(catalogue.works, to: draft.folder.appending(path: BundleFile.works.rawValue).path)

        try fitBlend(to: catalogue, in: draft, inputs)
        let manifest = try sealed(draft, inputs: inputs, works: catalogue.works)
        // The draft holds the lock: promoting and pruning belong under it too.
        try withExtendedLifetime(draft) {
            try draft.publish(manifest)
            try bundles.promote(manifest.id)
            try bundles.prune(keeping: Self.keptBundles)
        }
        return .trained(manifest, statistics)
    }

    /// False after an upgrade that ranks differently or reads other files: the bundle must be made anew though the library is the same.
    private func answersItsGoldenQuery(_ manifest: BundleManifest) -> Bool {
        let folder = bundles.folder.appending(path: manifest.id)
        return (try? Recommender(bundleAt: folder, manifest: manifest, encoder: encoder))?.isReady() ?? false
    }

    private func soundCurrentBundle() -> BundleManifest? {
        bundles.currentID().flatMap { try? bundles.verify($0) }
    }

    private func writeRatings(of works: [Work], into draft: BundleDraft) throws {
        let rated = works.lazy.compactMap { work in work.averageRating.map { (mean: $0, count: work.ratingsCount) } }
        // With nothing rated at all every work has the same value, whatever it is.
        let average =
            BayesianAverage(population: rated, priorWeight: Self.priorWeight)
            ?? BayesianAverage(priorMean: 3, priorWeight: Self.priorWeight)
        let values = works.map { Float((average.estimate(mean: $0.averageRating, count: $0.ratingsCount) - 1) / 4) }
        try draft.write(Data(littleEndian: values), to: .ratings)
    }

    /// The golden query asks for the best-known book by title and author. Its answer comes from the draft itself, so a
    /// server that cannot give it does not compute what was trained.
    private func sealed(_ draft: BundleDraft, inputs: BundleManifest.Inputs, works: [Work]) throws -> BundleManifest {
        let files = try draft.sealFiles()
        let trial = try manifest(of: works, inputs, files)
        let recommender = try Recommender(bundleAt: draft.folder, manifest: trial, encoder: encoder)
        let answer = try recommender.search(SearchRequest(query: trial.goldenQuery.query, limit: 1)).hits.first?.book.id
        return try manifest(of: works, inputs, files, answer: answer)
    }

    /// - Parameters:
    ///   - files: the draft's; none while it is not whole.
    ///   - answer: to the golden query; where it is not known yet, the book that the query asks for.
    func manifest(
        of works: [Work], _ inputs: BundleManifest.Inputs, _ files: [String: FileDigest] = [:], answer: WorkID? = nil
    ) throws -> BundleManifest {
        let bestKnown = works.max { ($0.ratingsCount, $1.id) < ($1.ratingsCount, $0.id) } ?? works[0]
        let name = ([bestKnown.title] + bestKnown.authors.prefix(1)).joined(separator: " ")
        // A title may be of any length, a query may not: a scalar has at most four bytes.
        let query = String(String.UnicodeScalarView(name.unicodeScalars.prefix(SearchRequest.longestQuery / 4)))
        return try BundleManifest(
            createdAt: Date(), codeVersion: codeVersion, inputs: inputs, works: works.count,
            dimension: encoder.dimension, goldenQuery: .init(query: query, work: answer ?? bestKnown.id),
            files: files)
    }
}
