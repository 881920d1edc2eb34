import Catalog
import Foundation
import Testing

@testable import Artifacts

@Suite("Bundle manifest")
struct BundleManifestTests {
    private static let files = [
        "a.f32": FileDigest(size: 3, sha256: "ab"), "b.sqlite": FileDigest(size: 4, sha256: "cd"),
    ]

    /// The address of `TestBundles.manifest`, from Python's json and hashlib over the documented content: bundles made
    /// by earlier versions are refused when it changes.
    @Test func theIDIsTheDocumentedOne() throws {
        #expect(try TestBundles.manifest(files: Self.files).id == "370189f72e74a4e8")
    }

    @Test func timeAndCodeDoNotCount() throws {
        let one = try TestBundles.manifest(files: Self.files, createdAt: 0, codeVersion: "1")
        let two = try TestBundles.manifest(files: Self.files, createdAt: 9e8, codeVersion: "2")
        #expect(one.id == two.id)
        #expect(one.id.count == 16)
        #expect(one.format == BundleManifest.supportedFormat)
    }

    @Test func everythingElseCounts() throws {
        let files = Self.files
        let changes: [(String, (inout BundleManifest) -> Void)] = [
            ("format", { $0.format += 1 }),
            ("library", { $0.inputs.library = "x" }),
            ("text model", { $0.inputs.textModel = "x" }),
            ("a parameter", { $0.inputs.parameters["priorWeight"] = 50.000001 }),
            ("another parameter", { $0.inputs.parameters["x"] = 0 }),
            ("no parameter", { $0.inputs.parameters["textVersion"] = nil }),
            ("works", { $0.works += 1 }),
            ("dimension", { $0.dimension += 1 }),
            ("query", { $0.goldenQuery.query += " " }),
            ("work", { $0.goldenQuery.work = WorkID(rawValue: "w2") }),
            ("size", { $0.files["a.f32"]?.size += 1 }),
            ("sha256", { $0.files["a.f32"]?.sha256 = "ac" }),
            ("no file", { $0.files["a.f32"] = nil }),
            ("another file", { $0.files["c"] = FileDigest(size: 0, sha256: "") }),
            (
                "file names",
                { $0.files = ["b.sqlite": files["a.f32"], "a.f32": files["b.sqlite"]].compactMapValues(\.self) }
            ),
        ]
        let manifest = try TestBundles.manifest(files: Self.files)
        var addresses: Set<String> = [manifest.id]
        for (name, change) in changes {
            var changed = manifest
            change(&changed)
            #expect(try addresses.insert(changed.contentAddress()).inserted, "\(name)")
        }
    }

    @Test func itComesBackAsItWas() throws {
        let manifest = try TestBundles.manifest(files: Self.files)
        #expect(try BundleManifest.decode(manifest.encoded(), path: "p") == manifest)
        #expect(try manifest.contentAddress() == manifest.id)
        // Milliseconds tell bundles apart that were trained within a second.
        let precise = try TestBundles.manifest(files: Self.files, createdAt: 1_700_000_000.25)
        #expect(try BundleManifest.decode(precise.encoded(), path: "p").createdAt == precise.createdAt)
    }

    @Test(arguments: [#"{"format": 98}"#, #"{"format": 99, "shape": {"other": []}, "id": 7}"#])
    func aNewerFormatIsToldApart(text: String) throws {
        let error = try #require(throws: ArtifactError.self) { try BundleManifest.decode(Data(text.utf8), path: "b/1") }
        guard case .newerFormat("b/1", _, BundleManifest.supportedFormat) = error else { throw error }
        #expect("\(error)".contains("Use a newer bookrec, or train a new bundle"))
    }

    @Test(arguments: [
        ("", "not"), ("{", "not"), ("[]", "wrong type"), ("{}", "`format` is missing"),
        (#"{"format": "1"}"#, "`format`"),
        ("{\"format\": \(BundleManifest.supportedFormat)}", "is missing"), (#"{"format": null}"#, "`format`"),
    ])
    func whatIsNoManifestIsDamaged(text: String, reason: String) throws {
        let error = try #require(throws: ArtifactError.self) { try BundleManifest.decode(Data(text.utf8), path: "b/1") }
        guard case .damaged("bundle", "b/1", let found, _) = error else { throw error }
        #expect(found.contains("manifest.json cannot be read"))
        #expect(found.contains(reason), "\(found)")
        #expect("\(error)".contains("bookrec train --force"))
    }
}
