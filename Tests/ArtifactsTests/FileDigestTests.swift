import Artifacts
import EngineTestSupport
import Foundation
import Testing

/// The examples of FIPS 180-2, appendix B, and the empty message of NIST's test vectors.
@Suite("File digest")
struct FileDigestTests {
    static let vectors = [
        ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test(arguments: vectors)
    func isThePublishedOne(text: String, times: Int, sha256: String) throws {
        let folder = try TemporaryFolder()
        let data = Data(String(repeating: text, count: times).utf8)
        try data.write(to: folder.url.appending(path: "f"))
        let digest = try FileDigest(ofFileAt: folder.url.appending(path: "f"))
        #expect(digest == FileDigest(size: data.count, sha256: sha256))
        #expect(FileDigest.sha256(of: data) == sha256)
    }

    /// Longer than the pieces it is read in. From `hashlib.sha256(bytes(range(256)) * 10001).hexdigest()`.
    @Test func longFilesAreReadWhole() throws {
        let folder = try TemporaryFolder()
        let data = Data((0..<256 * 10_001).map { UInt8(truncatingIfNeeded: $0) })
        try data.write(to: folder.url.appending(path: "f"))
        let digest = try FileDigest(ofFileAt: folder.url.appending(path: "f"))
        #expect(
            digest
                == FileDigest(
                    size: 2_560_256, sha256: "a9f7bf5ffac8d6d5a04e688fa57afb507148d53816f8282f5a2e077199e8ec0d"))
    }

    @Test func whatCannotBeReadThrows() throws {
        let folder = try TemporaryFolder()
        #expect(throws: (any Error).self) { try FileDigest(ofFileAt: folder.url.appending(path: "none")) }
        #expect(throws: (any Error).self) { try FileDigest(ofFileAt: folder.url) }
    }

    @Test func bytesAreTwoDigitsEach() {
        #expect([0x00, 0x0F, 0xA0, 0xFF].map(UInt8.init).hexadecimal == "000fa0ff")
    }
}
