import Artifacts
import EngineTestSupport
import Foundation
import Testing

@Suite("Bundle draft")
struct BundleDraftTests {
    private let test: TestBundles

    init() throws {
        test = try TestBundles()
    }

    @Test func aPublishedDraftIsABundle() throws {
        let id = try test.publish()
        #expect(try test.names() == [id])
        let manifest = try test.bundles.verify(id)
        #expect(manifest.id == id)
        #expect(Set(manifest.files.keys) == Set(TestBundles.files.keys))
        for (name, text) in TestBundles.files {
            #expect(
                manifest.files[name]
                    == FileDigest(size: text.utf8.count, sha256: FileDigest.sha256(of: Data(text.utf8))))
            #expect(try String(contentsOf: test.file(name, of: id), encoding: .utf8) == text)
        }
    }

    @Test func aDroppedDraftLeavesNothing() throws {
        do {
            let (draft, _) = try test.draft()
            #expect(FileManager.default.fileExists(atPath: draft.folder.path))
        }
        #expect(try test.names().isEmpty)
    }

    @Test func whatAKilledTrainingLeftIsRemoved() throws {
        let id = try test.publish()
        let stale = test.bundles.folder.appending(path: ".draft-stale/deep")
        try FileManager.default.createDirectory(at: stale, withIntermediateDirectories: true)
        try Data("x".utf8).write(to: stale.appending(path: "file"))
        let (draft, _) = try test.draft()
        #expect(try test.names() == [draft.folder.lastPathComponent, id])
        withExtendedLifetime(draft) {}
    }

    @Test func onlyOneAtATime() throws {
        do {
            let (draft, manifest) = try test.draft()
            let error = try #require(throws: ArtifactError.self) { try BundleDraft(in: test.bundles) }
            #expect(error == .busy(what: "training", path: test.bundles.folder.path))
            #expect(
                "\(error)"
                    == "Another process is training in \(test.bundles.folder.path). Wait for it to finish and try again."
            )
            // The first one is not disturbed.
            #expect(try draft.sealFiles() == manifest.files)
            try draft.publish(manifest)
            #expect(throws: ArtifactError.self) { try BundleDraft(in: test.bundles) }
        }
        _ = try BundleDraft(in: test.bundles)
    }

    @Test func theSameContentTwiceIsOneBundle() throws {
        let id = try test.publish(createdAt: 1_700_000_000)
        #expect(try test.publish(createdAt: 1_800_000_000) == id)
        #expect(try test.names() == [id])
        // The one that was there stayed.
        #expect(try test.bundles.verify(id).createdAt == Date(timeIntervalSince1970: 1_700_000_000))
    }

    @Test(arguments: ["names.vectors", "manifest.json"], [true, false])
    func publishingAgainRepairs(name: String, isRemoved: Bool) throws {
        let id = try test.publish()
        if isRemoved {
            try FileManager.default.removeItem(at: test.file(name, of: id))
        } else {
            try Data("damage".utf8).write(to: test.file(name, of: id))
        }
        #expect(throws: ArtifactError.self) { try test.bundles.verify(id) }
        #expect(try test.publish() == id)
        try test.bundles.verify(id)
        #expect(try test.names() == [id])
    }

    @Test func aFileInTheWayIsNamed() throws {
        try test.parent.write("a file", to: "bundles")
        let error = try #require(throws: ArtifactError.self) { try BundleDraft(in: test.bundles) }
        guard case .failed(let what, _, let remedy) = error else { throw error }
        #expect(what.contains(test.bundles.folder.path))
        #expect(remedy.contains("the permissions of the folder"))
    }
}
