public import Artifacts
import Foundation
import Synchronization
public import TextEmbedding

/// Serves the bundle that `current` names, and goes on with the one before when the new one is not sound.
public final class BundleHost: BookRecommending {
    /// A bundle that was not taken, and why.
    public struct Refusal: Sendable {
        public var bundle: String
        public var reason: String
    }

    /// What `refresh` found.
    public enum Change: Sendable {
        case none
        case switched(to: ServingVersion)
        case refused(Refusal)
    }

    private struct State {
        var recommender: Recommender
        /// The id that `current` had when it was looked at last.
        var seen: String?
    }

    private let bundles: Bundles
    private let encoder: TextEncoder
    private let textModel: TextModelManifest
    private let state: Mutex<State>

    /// Bundles that had to be passed over before a sound one was found.
    public let refusals: [Refusal]

    /// Opens the current bundle or, where it is not sound, the newest one that is. Reads every byte of it.
    /// - Throws: `ArtifactError` when there is no sound bundle.
    public init(bundles: Bundles, encoder: TextEncoder, textModel: TextModelManifest) throws {
        self.bundles = bundles
        self.encoder = encoder
        self.textModel = textModel

        let current = bundles.currentID()
        let others = try bundles.list().map(\.id).filter { $0 != current }
        var refusals: [Refusal] = []
        var firstError: (any Error)?
        for id in (current.map { [$0] } ?? []) + others {
            do {
                let recommender = try Self.open(id, in: bundles, encoder: encoder, textModel: textModel)
                state = Mutex(State(recommender: recommender, seen: current))
                self.refusals = refusals
                return
            } catch {
                firstError = firstError ?? error
                refusals.append(Refusal(bundle: id, reason: "\(error)"))
            }
        }
        throw firstError
            ?? ArtifactError.missing(
                what: "trained bundle", path: bundles.folder.path,
                remedy: "Train one with `bookrec train`, or name the right folder with --home.")
    }

    /// Looks whether another bundle was promoted and, if it is sound, serves it from the next request on. Requests under
    /// way finish with the one they began with. Cheap when nothing has changed.
    public func refresh() -> Change {
        let id = bundles.currentID()
        let isNew = state.withLock { state in
            defer { state.seen = id }
            return id != state.seen && id != state.recommender.manifest.id
        }
        guard isNew, let id else { return .none }
        do {
            let recommender = try Self.open(id, in: bundles, encoder: encoder, textModel: textModel)
            state.withLock { $0.recommender = recommender }
            return .switched(to: recommender.version)
        } catch {
            return .refused(Refusal(bundle: id, reason: "\(error)"))
        }
    }

    private static func open(
        _ id: String, in bundles: Bundles, encoder: TextEncoder, textModel: TextModelManifest
    ) throws -> Recommender {
        let manifest = try bundles.verify(id)
        let folder = bundles.folder.appending(path: id)
        guard manifest.inputs.textModel == textModel.weights(encoder.precision) else {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path, reason: "it was trained with another text model",
                remedy: "Train a new one with `bookrec train`.")
        }
        let recommender = try Recommender(bundleAt: folder, manifest: manifest, encoder: encoder)
        guard recommender.isReady() else {
            throw ArtifactError.damaged(
                what: "bundle", path: folder.path,
                reason: "its golden query has another answer than when it was trained",
                remedy: "Train a new one with `bookrec train --force`.")
        }
        return recommender
    }

    private var recommender: Recommender { state.withLock { $0.recommender } }

    public func search(_ request: SearchRequest) throws -> SearchAnswer { try recommender.search(request) }
    public func book(_ idOrISBN: String) throws -> Book { try recommender.book(idOrISBN) }
    public func similar(to request: SimilarRequest) throws -> SimilarAnswer { try recommender.similar(to: request) }
    public func recommendations(for request: RecommendationRequest) throws -> RecommendationAnswer {
        try recommender.recommendations(for: request)
    }
    public func suggestions(for text: String, limit: Int) throws -> [Suggestion] {
        try recommender.suggestions(for: text, limit: limit)
    }
    public func isReady() -> Bool { recommender.isReady() }
    public var version: ServingVersion { recommender.version }
}
