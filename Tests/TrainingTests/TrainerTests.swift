import Artifacts
import Catalog
import CatalogStore
import Foundation
import Recommender
import Testing
import TextEmbedding
import Training

@Suite struct TrainerTests {
    private func statistics(_ outcome: TrainingOutcome) throws -> TrainingOutcome.Statistics {
        guard case .trained(_, let statistics) = outcome else {
            throw TestFailure(description: "nothing was trained")
        }
        return statistics
    }

    private struct TestFailure: Error, CustomStringConvertible {
        let description: String
    }

    @Test func onlyWhatHasChangedIsEmbedded() throws {
        let library = try InventedLibrary()
        let first = try statistics(try library.train())
        // Eight names and, since one book has none, seven descriptions.
        #expect((first.embedded, first.reused) == (15, 0))
        let firstID = library.bundles.currentID()

        guard case .unchanged(let manifest) = try library.train() else {
            Issue.record("trained although nothing had changed")
            return
        }
        #expect(manifest.id == firstID)

        try library.put([InventedLibrary.book("The Added One", "N. Ew", 4, 1, "It was not there before.")])
        let second = try statistics(try library.train())
        #expect((second.embedded, second.reused) == (2, 15))
        #expect(library.bundles.currentID() != firstID)
    }

    @Test func theSameLibraryGivesTheSameBundle() throws {
        let one = try InventedLibrary()
        let other = try InventedLibrary(InventedLibrary.editions.reversed())
        try one.train()
        try other.train()
        #expect(one.bundles.currentID() == other.bundles.currentID())
        // Taken over or made anew, the vectors are the same.
        try other.train(.force)
        #expect(one.bundles.currentID() == other.bundles.currentID())
    }

    @Test func aChangedFactChangesTheBundleWithoutEmbedding() throws {
        let library = try InventedLibrary()
        try library.train()
        let before = library.bundles.currentID()
        try library.put([InventedLibrary.book("The Quiet Harbour", "Ida Mern", 4.5, 301, nil)])
        let change = try statistics(try library.train())
        #expect(change.embedded == 0)
        #expect(library.bundles.currentID() != before)
    }

    @Test func aBundleThatAnswersOtherwiseIsMadeAnew() throws {
        let library = try InventedLibrary()
        try library.train()
        let id = try #require(library.bundles.currentID())
        let sound = try library.bundles.manifest(of: id)

        let other = try bundle(like: sound, answering: WorkID(rawValue: "another"), in: library.bundles)
        try library.bundles.promote(other)

        #expect(try statistics(try library.train()).embedded == 0)
        #expect(library.bundles.currentID() == id)
    }

    /// As after an upgrade that ranks differently: the same files and inputs, another golden answer.
    private func bundle(like manifest: BundleManifest, answering work: WorkID, in bundles: Bundles) throws -> String {
        let draft = try BundleDraft(in: bundles)
        for file in BundleFile.allCases {
            let url = bundles.folder.appending(path: manifest.id).appending(path: file.rawValue)
            try draft.write(Data(contentsOf: url), to: file)
        }
        let other = try BundleManifest(
            createdAt: Date(), codeVersion: "test", inputs: manifest.inputs, works: manifest.works,
            dimension: manifest.dimension, goldenQuery: .init(query: manifest.goldenQuery.query, work: work),
            files: try draft.sealFiles())
        try draft.publish(other)
        return other.id
    }

    @Test func aTitleLongerThanAnyQueryCanBeTrainedOn() throws {
        let library = try InventedLibrary([
            InventedLibrary.book(String(repeating: "Ünendlich ", count: 1_000), "N. Ew", 5, 1_000_000, "A long title."),
            InventedLibrary.book("Short", "N. Ew", 4, 1, "A short title."),
        ])
        try library.train()
        #expect(try library.host().isReady())
    }

    @Test func anEmptyLibraryIsRefused() throws {
        let library = try InventedLibrary([])
        #expect(throws: TrainingError.self) { try library.train() }
        #expect(library.bundles.currentID() == nil)
    }

    @Test func oldBundlesAreRemoved() throws {
        let library = try InventedLibrary()
        for number in 0..<5 {
            try library.put([InventedLibrary.book("Number \(number)", "N. Ew", 4, 1, nil)])
            try library.train()
        }
        #expect(try library.bundles.list().count == Trainer.keptBundles)
    }

    @Test func onlyOneTrainingRunsAtATime() throws {
        let library = try InventedLibrary()
        let draft = try BundleDraft(in: library.bundles)
        #expect(throws: ArtifactError.busy(what: "training", path: library.bundles.folder.path)) { try library.train() }
        withExtendedLifetime(draft) {}
    }

    @Test func theGoldenQueryDecidesReadiness() throws {
        let library = try InventedLibrary()
        try library.train()
        let id = try #require(library.bundles.currentID())
        var manifest = try library.bundles.manifest(of: id)
        #expect(manifest.goldenQuery.query == "Orbit of Glass Nadia Fenn")
        let folder = library.bundles.folder.appending(path: id)
        #expect(try Recommender(bundleAt: folder, manifest: manifest, encoder: library.encoder).isReady())
        manifest.goldenQuery.work = WorkID(rawValue: "another")
        #expect(try !Recommender(bundleAt: folder, manifest: manifest, encoder: library.encoder).isReady())
    }
}

@Suite struct BundleHostTests {
    /// A library with two bundles: first the older, then the current one with one book more.
    private func twoBundles() throws -> (library: InventedLibrary, older: String, newer: String) {
        let library = try InventedLibrary()
        try library.train()
        let older = try #require(library.bundles.currentID())
        try library.put([InventedLibrary.book("The Added One", "N. Ew", 4, 1, "It was not there before.")])
        try library.train()
        return (library, older, try #require(library.bundles.currentID()))
    }

    private func damage(_ file: BundleFile, of id: String, in library: InventedLibrary) throws {
        let url = library.bundles.folder.appending(path: id).appending(path: file.rawValue)
        var data = try Data(contentsOf: url)
        data[data.count / 2] ^= 1
        try data.write(to: url)
    }

    @Test(arguments: BundleFile.allCases)
    func aDamagedBundleIsRefusedAndTheOneBeforeServes(_ file: BundleFile) throws {
        let (library, older, newer) = try twoBundles()
        try damage(file, of: newer, in: library)
        let host = try library.host()
        #expect(host.version.bundle == older)
        #expect(host.refusals.map(\.bundle) == [newer])
        #expect(host.refusals.first?.reason.contains(file.rawValue) == true)
        #expect(host.isReady())
    }

    @Test func withoutASoundBundleTheReasonIsTheCurrentOnes() throws {
        let (library, older, newer) = try twoBundles()
        try damage(.works, of: newer, in: library)
        try damage(.nameVectors, of: older, in: library)
        let error = #expect(throws: ArtifactError.self) { try library.host() }
        #expect(error?.description.contains(newer) == true)
        #expect(error?.description.contains("train --force") == true)
    }

    @Test func aPromotedBundleTakesOverWhileServing() throws {
        let library = try InventedLibrary()
        try library.train()
        let host = try library.host()
        guard case .none = host.refresh() else {
            Issue.record("switched without a reason")
            return
        }
        try library.put([InventedLibrary.book("The Added One", "N. Ew", 4, 1, "It was not there before.")])
        try library.train()
        guard case .switched(let version) = host.refresh() else {
            Issue.record("did not switch")
            return
        }
        #expect(version.bundle == library.bundles.currentID())
        #expect(host.version.works == 9)
    }

    @Test func aDamagedPromotionIsReportedOnceAndTheOldOneServesOn() throws {
        let library = try InventedLibrary()
        try library.train()
        let host = try library.host()
        let before = host.version
        try library.put([InventedLibrary.book("The Added One", "N. Ew", 4, 1, "It was not there before.")])
        try library.train()
        try damage(.descriptionVectors, of: try #require(library.bundles.currentID()), in: library)
        guard case .refused(let refusal) = host.refresh() else {
            Issue.record("a damaged bundle was taken")
            return
        }
        #expect(refusal.reason.contains(BundleFile.descriptionVectors.rawValue))
        guard case .none = host.refresh() else {
            Issue.record("looked at the same bundle again")
            return
        }
        #expect(host.version == before)
        #expect(host.isReady())
    }

    @Test func aBundleOfAnotherTextModelIsRefused() throws {
        let library = try InventedLibrary()
        try library.train()
        var other = library.textModel
        other.files[library.encoder.precision.weightFile] = FileDigest(size: 1, sha256: "other")
        let error = #expect(throws: ArtifactError.self) {
            _ = try BundleHost(bundles: library.bundles, encoder: library.encoder, textModel: other)
        }
        #expect(error?.description.contains("another text model") == true)
    }
}
