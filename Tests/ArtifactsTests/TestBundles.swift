import Artifacts
import Catalog
import EngineTestSupport
import Foundation
import Testing

/// A folder for bundles, and small bundles to put there.
struct TestBundles {
    let parent: TemporaryFolder
    let bundles: Bundles

    /// The text of each file of a bundle.
    static let files = [
        "descriptions.vectors": "fedcba9876543210", "names.vectors": "0123456789abcdef", "ratings.f32": "4.5",
        "sentences.vectors": "vectors", "sentences.u32": "offsets", "labels.u8": "labels", "evidence.u8": "evidence",
        "label-model.json": "{}", "names.index": "names", "names.u32": "terms", "keywords.index": "keywords",
        "words.vectors": "words", "words.json": "[]", "words.related": "related", "meaning.vectors": "meanings",
        "readers.neighbors": "neighbors", "readers.model": "model", "readers.company": "company", "taste.json": "[]",
        "text-digests.bin": "digests", "works.sqlite": "works",
    ]

    init() throws {
        parent = try TemporaryFolder()
        bundles = Bundles(folder: parent.url.appending(path: "bundles"))
    }

    static func manifest(
        files: [String: FileDigest], createdAt second: Double = 1_700_000_000, codeVersion: String = "1.0",
        library: String = "aa"
    ) throws -> BundleManifest {
        try BundleManifest(
            createdAt: Date(timeIntervalSince1970: second), codeVersion: codeVersion,
            inputs: .init(
                library: library, textModel: "bb", labelModel: "l", parameters: ["priorWeight": 50, "textVersion": 1.5]),
            works: 3, dimension: 384, goldenQuery: .init(query: "Tides / “Vale”", work: WorkID(rawValue: "w1")),
            files: files)
    }

    /// A draft with the files in it, and its manifest.
    func draft(library: String = "aa", createdAt second: Double = 1_700_000_000) throws -> (BundleDraft, BundleManifest)
    {
        let draft = try BundleDraft(in: bundles)
        for (name, text) in Self.files { try Data(text.utf8).write(to: draft.folder.appending(path: name)) }
        return (draft, try Self.manifest(files: draft.sealFiles(), createdAt: second, library: library))
    }

    /// Publishes a bundle and gives its id.
    @discardableResult
    func publish(library: String = "aa", createdAt second: Double = 1_700_000_000) throws -> String {
        let (draft, manifest) = try draft(library: library, createdAt: second)
        try draft.publish(manifest)
        return manifest.id
    }

    func file(_ name: String, of id: String) -> URL { bundles.folder.appending(path: id).appending(path: name) }

    /// What is in the folder besides the lock.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: bundles.folder.path).filter { $0 != ".lock" }.sorted()
    }
}
