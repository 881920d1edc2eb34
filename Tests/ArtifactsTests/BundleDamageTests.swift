import Foundation
import Testing

@testable import Artifacts

@Suite("Damaged bundles")
struct BundleDamageTests {
    private let test: TestBundles
    private let id: String

    init() throws {
        test = try TestBundles()
        id = try test.publish()
        try test.bundles.verify(id)
    }

    /// Expects that the bundle is damaged for this reason, and that place and remedy are named.
    private func expectDamage(_ reason: String) throws {
        let error = try #require(throws: ArtifactError.self) { try test.bundles.verify(id) }
        guard case .damaged("bundle", test.bundles.folder.appending(path: id).path, let found, _) = error else {
            throw error
        }
        #expect(found.contains(reason), "\(found)")
        #expect("\(error)".contains(id))
        #expect("\(error)".contains("bookrec train --force"))
    }

    @Test(arguments: [0, 15])
    func aTruncatedFile(length: Int) throws {
        try Data(TestBundles.files["names.vectors", default: ""].utf8.prefix(length)).write(
            to: test.file("names.vectors", of: id))
        try expectDamage("names.vectors has \(length) bytes where the manifest says 16")
    }

    @Test func aLongerFile() throws {
        try Data("0123456789abcdef!".utf8).write(to: test.file("names.vectors", of: id))
        try expectDamage("names.vectors has 17 bytes")
    }

    @Test(arguments: 0..<16)
    func anAlteredByte(place: Int) throws {
        let file = test.file("names.vectors", of: id)
        var data = try Data(contentsOf: file)
        data[place] ^= 1
        try data.write(to: file)
        try expectDamage("names.vectors was altered")
    }

    @Test(arguments: TestBundles.files.keys.sorted())
    func aMissingFile(name: String) throws {
        try FileManager.default.removeItem(at: test.file(name, of: id))
        try expectDamage("\(name) cannot be read")
    }

    @Test func theFirstDamagedFileIsNamed() throws {
        for name in TestBundles.files.keys { try Data("x".utf8).write(to: test.file(name, of: id)) }
        try expectDamage("descriptions.vectors has 1 bytes")
    }

    @Test(arguments: [
        (#""library" : "aa""#, #""library" : "ab""#),
        (#""textModel" : "bb""#, #""textModel" : "bc""#), (#""priorWeight" : 50"#, #""priorWeight" : 51"#),
        (#""priorWeight""#, #""otherWeight""#), (#""works" : 3"#, #""works" : 4"#),
        (#""dimension" : 384"#, #""dimension" : 385"#), (#""query" : "Tides"#, #""query" : "tides"#),
        (#""work" : "w1""#, #""work" : "w2""#), (#""size" : 16"#, #""size" : 17"#),
        (#""names.vectors""#, #""name.vectors""#),
    ])
    func anAlteredManifest(old: String, new: String) throws {
        let file = test.file("manifest.json", of: id)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: file)
        try expectDamage("its manifest.json was altered")
    }

    @Test func aDigestThatIsMadeToFit() throws {
        let file = test.file("works.sqlite", of: id)
        let digest = try FileDigest(ofFileAt: file).sha256
        try Data("forks".utf8).write(to: file)
        let manifest = test.file("manifest.json", of: id)
        let text = try String(contentsOf: manifest, encoding: .utf8)
        try Data(text.replacing(digest, with: FileDigest(ofFileAt: file).sha256).utf8).write(to: manifest)
        try expectDamage("its manifest.json was altered")
    }

    @Test func theManifestOfAnotherBundle() throws {
        let other = try test.publish(library: "other")
        try FileManager.default.removeItem(at: test.file("manifest.json", of: id))
        try FileManager.default.copyItem(
            at: test.file("manifest.json", of: other), to: test.file("manifest.json", of: id))
        try expectDamage("its manifest.json was altered")
    }

    /// A manifest that is whole in itself, of a bundle that is not.
    @Test(arguments: BundleFile.allCases)
    func aManifestWithoutAFile(absent: BundleFile) throws {
        let draft = try BundleDraft(in: test.bundles)
        for (name, text) in TestBundles.files where name != absent.rawValue {
            try Data(text.utf8).write(to: draft.folder.appending(path: name))
        }
        let manifest = try TestBundles.manifest(files: draft.sealFiles())
        try draft.publish(manifest)
        let error = try #require(throws: ArtifactError.self) { try test.bundles.verify(manifest.id) }
        guard case .damaged("bundle", _, "its manifest.json does not name \(absent.rawValue)", _) = error else {
            throw error
        }
    }

    @Test func whenItWasMadeAndByWhatIsNotSealed() throws {
        var manifest = try test.bundles.manifest(of: id)
        manifest.createdAt = Date(timeIntervalSince1970: 0)
        manifest.codeVersion = "9"
        try manifest.encoded().write(to: test.file("manifest.json", of: id))
        #expect(try test.bundles.verify(id) == manifest)
    }

    @Test(arguments: ["\"yesterday\"", "\"\"", "0", "null", "\"2026-13-01T00:00:00.000Z\""])
    func aDateThatIsNone(date: String) throws {
        let file = test.file("manifest.json", of: id)
        let text = try String(contentsOf: file, encoding: .utf8)
        let altered = text.replacing(#/"createdAt" : "[^"]*"/#, with: "\"createdAt\" : \(date)")
        #expect(altered != text)
        try Data(altered.utf8).write(to: file)
        try expectDamage("its manifest.json cannot be read")
    }

    @Test(arguments: ["", "{}", "not JSON"])
    func aManifestThatIsNone(text: String) throws {
        try Data(text.utf8).write(to: test.file("manifest.json", of: id))
        try expectDamage("its manifest.json cannot be read")
    }

    @Test func aMissingManifest() throws {
        let file = test.file("manifest.json", of: id)
        try FileManager.default.removeItem(at: file)
        let error = try #require(throws: ArtifactError.self) { try test.bundles.verify(id) }
        guard case .missing("bundle manifest", file.path, _) = error else { throw error }
        #expect("\(error)".hasPrefix("There is no bundle manifest at \(file.path)."))
    }

    @Test func anOlderFormat() throws {
        let file = test.file("manifest.json", of: id)
        let text = try String(contentsOf: file, encoding: .utf8)
        let format = BundleManifest.supportedFormat
        try Data(text.replacing("\"format\" : \(format)", with: "\"format\" : \(format - 1)").utf8).write(to: file)
        try expectDamage("it has the old format \(format - 1)")
    }

    @Test func aNewerFormat() throws {
        let format = BundleManifest.supportedFormat
        try Data("{\"format\": \(format + 1), \"layout\": \"unheard of\"}".utf8).write(
            to: test.file("manifest.json", of: id))
        let error = try #require(throws: ArtifactError.self) { try test.bundles.verify(id) }
        #expect(
            error
                == .newerFormat(
                    path: test.bundles.folder.appending(path: id).path, format: format + 1, supported: format))
        #expect(
            "\(error)".contains("has format \(format + 1); this version of bookrec reads format \(format). Use a newer")
        )
    }
}
