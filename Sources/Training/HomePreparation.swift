public import Artifacts
import CatalogStore
import Foundation
public import Recommender
public import TextEmbedding

/// Makes a home ready to serve: after a release, a rollback, or with nothing in it yet.
///
/// | library | bundle to serve | what is done |
/// |---|---|---|
/// | any, or none | yes | the library's schema is brought up to date |
/// | none | no | the starter's library and bundle are taken over |
/// | with works | no | with a starter: a bundle is trained; without: refused |
///
/// What readers have is never replaced: neither a library that is there nor a bundle that can be served. Any number of
/// processes may prepare one home at once: one does the work, the others wait for it.
public struct HomePreparation: Sendable {
    /// What people should know.
    public enum Event: Sendable {
        case tookOver(from: HomeFolder)
        /// There is no bundle to serve, for this reason.
        case training(because: any Error)
        case trainingProgress(TrainingProgress)
        /// Another process is at it.
        case waiting(any Error)
        /// The library cannot be opened; what readers get does not come from it.
        case servingWithoutLibrary(any Error)
    }

    let home: HomeFolder
    let starter: HomeFolder?
    let encoder: TextEncoder
    let textModel: TextModelManifest
    let codeVersion: String
    let patience: Duration

    /// - Parameters:
    ///   - starter: What a home without a library begins with. With nil, nothing is taken over and nothing trained.
    ///   - patience: How long to wait for other processes.
    public init(
        home: HomeFolder, starter: HomeFolder?, encoder: TextEncoder, textModel: TextModelManifest, codeVersion: String,
        patience: Duration = .seconds(60)
    ) {
        self.home = home
        self.starter = starter
        self.encoder = encoder
        self.textModel = textModel
        self.codeVersion = codeVersion
        self.patience = patience
    }

    /// Prepares the home and opens what is to be served.
    /// - Throws: `LibraryError` when the library belongs to a newer release or cannot be migrated, `.busy` after the
    ///   patience is over, `ArtifactError` when there is nothing to serve.
    public func run(onEvent: @escaping @Sendable (Event) -> Void = { _ in }) throws -> BundleHost {
        let deadline = ContinuousClock.now + patience
        var hasTold = false
        while true {
            do {
                return try prepare(onEvent)
            } catch  where Self.isBusy(error) && ContinuousClock.now < deadline {
                if !hasTold { onEvent(.waiting(error)) }
                hasTold = true
                Thread.sleep(forTimeInterval: 0.5)
            }
        }
    }

    private func prepare(_ onEvent: @escaping @Sendable (Event) -> Void) throws -> BundleHost {
        var host = Result { try openHost() }
        if case .failure = host, let starter, !home.hasLibrary {
            if try home.takeOver(from: starter) { onEvent(.tookOver(from: starter)) }
            host = Result { try openHost() }
        }
        if case .success(let found) = host, starter != nil, home.bundles.currentID() == nil {
            // A kill came after the bundle had its name and before it was named as the one that serves. Readers get it even if
            // it cannot be named now, as while another process trains: then the next start names it.
            if (try? home.serveIfNone(found.version.bundle)) != nil { host = Result { try openHost() } }
        }
        let works: Int
        do {
            works = try home.hasLibrary ? migrateLibrary() : 0
        } catch let error as LibraryError where Self.isBeyondUse(error) {
            guard case .success(let host) = host else { throw error }
            onEvent(.servingWithoutLibrary(error))
            return host
        }
        if case .failure(let reason) = host, starter != nil, works > 0 {
            try train(because: reason, onEvent)
            host = Result { try openHost() }
        }
        return try host.get()
    }

    private func openHost() throws -> BundleHost {
        try BundleHost(bundles: home.bundles, encoder: encoder, textModel: textModel)
    }

    /// - Returns: how many works the library has.
    private func migrateLibrary() throws -> Int {
        let library = try Library(path: home.library.path)
        let works = try library.counts().works
        try library.close()
        return works
    }

    private func train(because reason: any Error, _ onEvent: @escaping @Sendable (Event) -> Void) throws {
        let library = try Library(path: home.library.path)
        let trainer = Trainer(
            library: library, bundles: home.bundles, encoder: encoder, textModel: textModel, codeVersion: codeVersion)
        _ = try trainer.train { progress in
            // By then no other process is at it.
            if case .embedding(done: 0, _) = progress { onEvent(.training(because: reason)) }
            onEvent(.trainingProgress(progress))
        }
        try library.close()
    }

    private static func isBeyondUse(_ error: LibraryError) -> Bool {
        switch error {
        case .unusable, .damaged: true
        default: false
        }
    }

    private static func isBusy(_ error: any Error) -> Bool {
        switch error {
        case ArtifactError.busy, LibraryError.busy: true
        default: false
        }
    }
}
