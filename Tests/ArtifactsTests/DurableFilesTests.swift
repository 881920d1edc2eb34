import EngineTestSupport
import Foundation
import Testing

@testable import Artifacts

@Suite("Durable files")
struct DurableFilesTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func aNameThatIsTakenIsKept() throws {
        try folder.write("new", to: "new")
        #expect(try DurableFiles.link(url("new"), to: url("place")))
        #expect(try String(contentsOf: url("place"), encoding: .utf8) == "new")
        try folder.write("other", to: "other")
        #expect(try !DurableFiles.link(url("other"), to: url("place")))
        #expect(try String(contentsOf: url("place"), encoding: .utf8) == "new")
        let error = try #require(throws: ArtifactError.self) {
            try DurableFiles.link(url("new"), to: url("nowhere/place"))
        }
        #expect("\(error)".contains("Putting \(url("nowhere/place").path) in place failed: No such file or directory."))
    }

    @Test func aCopyIsNotReadOnly() throws {
        try folder.write("text", to: "original")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: url("original").path)
        try DurableFiles.copy(url("original"), to: url("copy"))
        #expect(try String(contentsOf: url("copy"), encoding: .utf8) == "text")
        let mode = try FileManager.default.attributesOfItem(atPath: url("copy").path)[.posixPermissions] as? Int
        #expect(try #require(mode) & 0o200 != 0)
        let error = try #require(throws: ArtifactError.self) { try DurableFiles.copy(url("nothing"), to: url("other")) }
        #expect("\(error)".contains("Reading \(url("nothing").path) failed"))
    }

    private func url(_ name: String) -> URL { folder.url.appending(path: name) }
}
