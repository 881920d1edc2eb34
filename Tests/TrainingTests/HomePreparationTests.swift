import Artifacts
import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import Recommender
import Synchronization
import Testing

@testable import Training

@Suite("Preparing a home")
struct HomePreparationTests {
    private let folder: TemporaryFolder
    private let home: HomeFolder
    /// Open all the while: part of its library stands in the journal beside it.
    private let starter: InventedLibrary

    init() throws {
        folder = try TemporaryFolder()
        home = HomeFolder(url: folder.url.appending(path: "home"))
        starter = try InventedLibrary()
        try starter.train()
    }

    @Test func anEmptyHomeTakesTheStarterOver() throws {
        let (host, events) = try prepare()
        #expect(events == ["tookOver"])
        #expect(host.version.bundle == starter.bundles.currentID())
        #expect(home.bundles.currentID() == starter.bundles.currentID())
        try home.bundles.verify(host.version.bundle)
        #expect(try works() == InventedLibrary.editions.count)
        #expect(try names(home.url) == ["bundles", "library.sqlite"])
        #expect(try names(home.bundles.folder) == [".lock", host.version.bundle, "current"].sorted())
        #expect(try prepare().events == [])
    }

    @Test func whatReadersHaveIsNeverReplaced() throws {
        let own = try library()
        try put("The Salt Road", into: own)
        // Not trained yet: their books, not the starter's.
        let (host, events) = try prepare()
        #expect(events == ["training"])
        #expect(host.version.works == 1)
        #expect(host.version.bundle != starter.bundles.currentID())
        #expect(try prepare().host.version.bundle == host.version.bundle)
        // New books do not reach readers by a restart, only by a training.
        try put("Orbit of Glass", into: own)
        let (second, nothing) = try prepare()
        #expect((second.version.bundle, nothing) == (host.version.bundle, []))
        // And neither does the starter when the library went away.
        try own.close()
        try FileManager.default.removeItem(at: home.library)
        #expect(try prepare().host.version.bundle == host.version.bundle)
        #expect(!home.hasLibrary)
    }

    @Test func aBundleOfAnotherReleaseIsTrainedAnew() throws {
        let sound = try prepare().host.version.bundle
        let manifest = try home.bundles.manifest(of: sound)
        try promoteOnly(
            manifest,
            with: {
                $0.goldenQuery.work = WorkID(rawValue: "another")
            })
        #expect(throws: ArtifactError.self) { try prepare(starter: nil) }
        var (host, events) = try prepare()
        #expect(events == ["training"])
        #expect(host.version.bundle == sound)

        try promoteOnly(manifest, with: { $0.inputs.textModel = "another" })
        (host, events) = try prepare()
        #expect(events == ["training"])
        #expect(host.version.bundle == sound)
    }

    @Test func aStarterWhoseBundleIsNotSoundIsTrained() throws {
        let id = try #require(starter.bundles.currentID())
        let file = starter.bundles.folder.appending(path: id).appending(path: BundleFile.ratings.rawValue)
        try Data("damage".utf8).write(to: file)
        let (host, events) = try prepare()
        #expect(events == ["tookOver", "training"])
        #expect(host.version.bundle == id)
        #expect(try Data(contentsOf: file) == Data("damage".utf8))
    }

    @Test func aLibraryWithoutWorksIsRefusedAsEver() throws {
        _ = try library()
        let error = try #require(throws: ArtifactError.self) { try prepare() }
        #expect("\(error)".contains("There is no trained bundle at \(home.bundles.folder.path)"))
    }

    @Test func withoutAStarterNothingIsMade() throws {
        #expect(throws: ArtifactError.self) { try prepare(starter: nil) }
        #expect(!FileManager.default.fileExists(atPath: home.url.path))
        try put("The Salt Road", into: library())
        #expect(throws: ArtifactError.self) { try prepare(starter: nil) }
        #expect(try names(home.url).contains("bundles") == false)
    }

    @Test func aStarterThatIsNoneIsTold() throws {
        let nothing = HomeFolder(url: folder.url.appending(path: "nothing"))
        let error = try #require(throws: ArtifactError.self) { try prepare(starter: nothing) }
        #expect("\(error)".contains("There is no library to start with at \(nothing.library.path)."))
        #expect("\(error)".contains("--starter"))
        #expect(!home.hasLibrary)
    }

    /// A library that went away left its journal: it must not be played into the new one.
    @Test func anotherLibrarysJournalIsNotTakenForTheNewOnes() throws {
        let other = try InventedLibrary(
            InventedLibrary.editions.reversed() + [InventedLibrary.book("X", "Y", 1, 1, nil)])
        try FileManager.default.createDirectory(at: home.url, withIntermediateDirectories: true)
        let journal = other.bundles.folder.deletingLastPathComponent().appending(path: "library.sqlite-wal")
        try FileManager.default.copyItem(at: journal, to: home.url.appending(path: "library.sqlite-wal"))
        _ = try prepare()
        #expect(try works() == InventedLibrary.editions.count)
    }

    @Test func oneProcessWaitsForTheOther() throws {
        let draft = try BundleDraft(in: home.bundles)
        let error = try #require(throws: ArtifactError.self) { try prepare(patience: .zero) }
        guard case .busy = error else { throw error }
        #expect(!home.hasLibrary)

        let held = Mutex<BundleDraft?>(draft)
        _ = consume draft
        let (host, events) = try prepare { event in
            if case .waiting = event { held.withLock { $0 = nil } }
        }
        #expect(events == ["waiting", "tookOver"])
        #expect(host.version.bundle == starter.bundles.currentID())
    }

    @Test(arguments: [true, false])
    func manyAtOnceDoItOnce(hasLibrary: Bool) throws {
        if hasLibrary { try put("The Salt Road", into: library()) }
        let results = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let result = Result { try prepare() }
            results.withLock { results in
                switch result {
                case .success((let host, let events)):
                    results.append(host.version.bundle)
                    results += events.filter { $0 != "waiting" }
                case .failure(let error): results.append("\(error)")
                }
            }
        }
        let found = results.withLock(\.self)
        let bundle = try #require(home.bundles.currentID())
        #expect(found.count { $0 == bundle } == 4)
        #expect(found.filter { $0 != bundle } == [hasLibrary ? "training" : "tookOver"])
    }

    @Test func aLibraryThatCannotBeOpenedDoesNotKeepReadersOut() throws {
        let bundle = try prepare().host.version.bundle
        try Data(repeating: 7, count: 20_000).write(to: home.library)
        let (host, events) = try prepare()
        #expect((host.version.bundle, events) == (bundle, ["servingWithoutLibrary"]))
        try FileManager.default.removeItem(at: home.bundles.folder)
        #expect(throws: LibraryError.self) { try prepare() }
    }

    private func library() throws -> Library { try Library(path: home.library.path, access: .create) }

    private func works() throws -> Int { try Library(path: home.library.path).counts().works }

    private func names(_ url: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).filter {
            !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm")
        }
        .sorted()
    }

    private func put(_ title: String, into library: Library) throws {
        try library.edit { editor in
            for edition in InventedLibrary.editions where edition.title == title {
                _ = try editor.put(edition, source: "test")
            }
        }
    }

    /// Leaves one bundle: the same files as another release would have described them.
    private func promoteOnly(_ sound: BundleManifest, with change: (inout BundleManifest) -> Void) throws {
        var changed = sound
        change(&changed)
        let manifest = try BundleManifest(
            createdAt: changed.createdAt, codeVersion: "another", inputs: changed.inputs, works: changed.works,
            dimension: changed.dimension, goldenQuery: changed.goldenQuery, files: changed.files)
        let draft = try BundleDraft(in: home.bundles)
        _ = try draft.copy(sound.id, from: home.bundles)
        try draft.publish(manifest)
        try home.bundles.promote(manifest.id)
        try FileManager.default.removeItem(at: home.bundles.folder.appending(path: sound.id))
    }

    private func prepare(
        starter: HomeFolder?, patience: Duration = .seconds(60),
        onEvent: @escaping @Sendable (HomePreparation.Event) -> Void = { _ in }
    ) throws -> (host: BundleHost, events: [String]) {
        let names = EventNames()
        let host = try HomePreparation(
            home: home, starter: starter, encoder: self.starter.encoder, textModel: self.starter.textModel,
            codeVersion: "test", patience: patience
        ).run { event in
            names.add(event)
            onEvent(event)
        }
        return (host, names.all.withLock(\.self))
    }

    private func prepare(
        patience: Duration = .seconds(60), onEvent: @escaping @Sendable (HomePreparation.Event) -> Void = { _ in }
    ) throws -> (host: BundleHost, events: [String]) {
        let folder = starter.bundles.folder.deletingLastPathComponent()
        return try prepare(starter: HomeFolder(url: folder), patience: patience, onEvent: onEvent)
    }
}

/// What was told, without how far it had come.
private final class EventNames: Sendable {
    let all = Mutex<[String]>([])

    func add(_ event: HomePreparation.Event) {
        let name: String? =
            switch event {
            case .tookOver: "tookOver"
            case .training: "training"
            case .trainingProgress: nil
            case .waiting: "waiting"
            case .servingWithoutLibrary: "servingWithoutLibrary"
            }
        if let name { all.withLock { $0.append(name) } }
    }
}
