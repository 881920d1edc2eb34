import EngineTestSupport
import Evaluation
import Foundation
import Testing
import TextEmbedding

@Suite("Safetensors files")
struct SafetensorsTests {
    /// Opens a file with `header` and `count` bytes of data.
    func open(_ header: String, data count: Int = 16) throws -> SafetensorsFile {
        try open(bytes: TinyModel.safetensors(header: Data(header.utf8), data: [UInt8](repeating: 0, count: count)))
    }

    func open(bytes: [UInt8]) throws -> SafetensorsFile {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        return try SafetensorsFile(path: directory.write(bytes, to: "model.safetensors").path)
    }

    func expectDamage(_ words: String, _ body: () throws -> SafetensorsFile) {
        #expect {
            try body()
        } throws: { error in
            guard let error = error as? TextEmbeddingError else { return false }
            return error.code == .badTensorFile && error.description.contains(words)
        }
    }

    @Test func tensorsAreFound() throws {
        let header = """
            {"__metadata__":{"format":"pt"},"b":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},
             "a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"none":{"dtype":"F32","shape":[0,3],"data_offsets":[16,16]}}
            """
        let file = try open(header)
        #expect(file.tensors.count == 3)
        #expect(try file.floats("a", shape: [2, 1]).count == 2)
        #expect(try file.floats("none", shape: [0, 3]).count == 0)
        for (name, shape, code) in [
            ("a", [2], .wrongTensor), ("a", [1, 2], .wrongTensor), ("b", [1], .wrongTensor), ("c", [1], .missingTensor),
        ] as [(String, [Int], TextEmbeddingError.Code)] {
            #expect {
                try file.floats(name, shape: shape)
            } throws: {
                ($0 as? TextEmbeddingError)?.code == code
            }
        }
    }

    @Test func lyingHeadersAreFound() {
        func entry(_ dtype: String, _ shape: String, _ offsets: String) -> String {
            #"{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
        }
        let half = entry("F32", "[2]", "[0,8]")
        let cases: [(String, String)] = [
            ("unknown element type", #"{"a":\#(entry("F33", "[4]", "[0,16]"))}"#),
            ("is 12 bytes, not 16", #"{"a":\#(entry("F32", "[3]", "[0,16]"))}"#),
            ("is 8 bytes, not 16", #"{"a":\#(entry("F16", "[4]", "[0,16]"))}"#),
            ("impossible", #"{"a":\#(entry("F32", "[-4]", "[0,16]"))}"#),
            ("impossible", #"{"a":\#(entry("F32", "[4611686018427387904,4]", "[0,16]"))}"#),
            ("no range", #"{"a":\#(entry("F32", "[4]", "[16,0]"))}"#),
            ("no range", #"{"a":\#(entry("F32", "[4]", "[-16,0]"))}"#),
            ("no range", #"{"a":\#(entry("F32", "[4]", "[16]"))}"#),
            ("no range", #"{"a":\#(entry("F32", "[4]", "[]"))}"#),
            ("has only", #"{"a":\#(entry("F32", "[5]", "[0,20]"))}"#),
            ("the file has", #"{"a":\#(half)}"#),
            ("overlaps", #"{"a":\#(half),"b":\#(entry("F32", "[3]", "[4,16]"))}"#),
            ("leaves a gap", #"{"a":\#(half),"b":\#(entry("F32", "[1]", "[12,16]"))}"#),
            ("leaves a gap", #"{"a":\#(entry("F32", "[2]", "[8,16]"))}"#),
            ("header", "[]"), ("header", "{"), ("header", #"{"a":1}"#), ("header", #"{"a":{"dtype":"F32"}}"#),
            ("header", #"{"a":\#(entry("F32", "[4.5]", "[0,16]"))}"#),
            ("header", #"{"a":\#(entry("F32", "[99999999999999999999]", "[0,16]"))}"#),
            ("the file has", "{}"),
        ]
        for (words, header) in cases {
            expectDamage(words) { try open(header) }
        }
    }

    @Test func impossibleHeaderLengthsAreFound() {
        let good = TinyModel.safetensors(header: Data("{}".utf8), data: [])
        for length in [0, 1, 9, 100_000_001, 1 << 40, Int.max, -1, Int.min] {
            var bytes = good
            for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: length >> (8 * place)) }
            expectDamage("byte 0") { try open(bytes: bytes) }
        }
        for count in 0..<8 { expectDamage("too few") { try open(bytes: Array(good[..<count])) } }
        #expect(throws: Never.self) { _ = try open(bytes: good) }
    }

    @Test func misalignedFloatsAreFound() throws {
        let header = Array(#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#.utf8)
        let padded = header + [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8 + 2)
        let bytes = [UInt8(padded.count)] + [UInt8](repeating: 0, count: 7) + padded + [0, 0, 0, 0]
        expectDamage("not aligned") {
            let file = try open(bytes: bytes)
            _ = try file.floats("a", shape: [1])
            return file
        }
    }

    /// Any single changed byte of header or length gives an error or another
    /// valid file, and never a crash.
    @Test func randomDamageIsSurvived() throws {
        let good = try TinyModel().safetensors()
        var random = SeededGenerator(seed: 21)
        for _ in 0..<300 {
            var bytes = good
            bytes[Int.random(in: 0..<3000, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let directory = try TemporaryFolder()
            defer { directory.remove() }
            try TinyModel().write(to: directory, precision: .f32, weights: bytes)
            if let encoder = try? TextEncoder(directory: directory.url, precision: .f32) {
                #expect(encoder.embed("a b").allSatisfy { $0.isFinite })
            }
        }
    }
}
