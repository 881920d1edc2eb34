import EngineTestSupport
import Evaluation
import Foundation
import Kernels
import Testing

@testable import TextEmbedding

@Suite("Damaged packed models")
struct PackedModelTests {
    /// The error of opening the tiny model with the packed file that `change`
    /// leaves, if there is one.
    func error(_ change: (inout PackedFile) -> Void) throws -> TextEmbeddingError? {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        var file = try PackedFile(Self.packed.get())
        change(&file)
        try TinyModel().write(to: directory, precision: .int8, weights: file.encoded())
        do {
            _ = try TextEncoder(directory: directory.url, precision: .int8)
            return nil
        } catch {
            #expect(error.path.hasSuffix("/model.int8.safetensors"))
            return error
        }
    }

    static let packed = Result { try TinyModel().packed() }

    @Test func everyTensorIsNeededInItsTypeAndShape() throws {
        let names = try PackedFile(Self.packed.get()).tensors.keys
        // 3 embeddings, 2 + 4 · 5 + 4 in each of two layers but the first two.
        #expect(names.count == 3 + 2 + 2 * 24)
        #expect(try error { _ in } == nil)
        for name in names {
            let missing = try error { $0.tensors[name] = nil }
            #expect(missing?.code == .missingTensor && missing?.field == name)
            let misshaped = try error { file in
                let tensor = file.tensors[name]!
                file.tensors[name]!.shape[0] += 1
                file.tensors[name]!.bytes += tensor.bytes.prefix(tensor.bytes.count / tensor.shape[0])
            }
            #expect(misshaped?.code == .wrongTensor && misshaped?.field == name)
            let flattened = try error { $0.tensors[name]!.shape.append(1) }
            #expect(flattened?.code == .wrongTensor && flattened?.field == name)
            let mistyped = try error { file in
                file.tensors[name]!.type = ["F32": "I32", "I32": "F32", "I8": "U8"][file.tensors[name]!.type]!
            }
            #expect(mistyped?.code == .wrongTensor && mistyped?.field == name)
        }
    }

    @Test func anotherLayoutIsRefused() throws {
        let changes: [(inout PackedFile) -> Void] = [
            { $0.metadata = [:] }, { $0.metadata["layout"] = "bookrec packed encoder 2" },
            { $0.metadata["layout"] = "" },
        ]
        for change in changes {
            let error = try error(change)
            #expect(error?.code == .badTensorFile && error?.field == "layout")
        }
        // The published weights under the packed ones' name, too.
        let published = try error { file in
            file = (try? PackedFile(TinyModel().safetensors())) ?? file
        }
        #expect(published?.code == .badTensorFile && published?.field == "layout")
    }

    @Test(arguments: KernelLevel.supported)
    func oneDamagedNumberCannotGetOut(level: KernelLevel) throws {
        let good = try PackedFile(Self.packed.get())
        for (name, tensor) in good.tensors where tensor.type != "I8" {
            for bits in [0x7FC0_0000, 0x7F80_0000, 0xFF80_0000, 0x7F7F_FFFF, 0x8000_0000, 0x0000_0001] {
                var file = good
                // Of one of the first eight, for what is beside it.
                for byte in 0..<4 {
                    file.tensors[name]!.bytes[16 + byte] = UInt8(truncatingIfNeeded: bits >> (8 * byte))
                }
                try expectFinite(file.encoded(), level: level, "\(name), \(String(bits, radix: 16))")
            }
        }
    }

    /// Any changed bit gives an error or another model, and never a crash.
    @Test(arguments: KernelLevel.supported)
    func everyFlippedBitIsSurvived(level: KernelLevel) throws {
        let good = try Self.packed.get()
        let dataStart = 8 + (0..<8).reduce(0) { $0 | Int(good[$1]) << (8 * $1) }
        var random = SeededGenerator(seed: 40)
        for flip in 0..<400 {
            var bytes = good
            // Half of them among the weights.
            let range = flip.isMultiple(of: 2) ? 0..<dataStart : dataStart..<good.count
            bytes[Int.random(in: range, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            try expectFinite(bytes, level: level, "flip \(flip)")
        }
        // Weights that keep no limit at all.
        for byte in [UInt8(0x7F), 0x80, 0xFF] {
            var file = try PackedFile(good)
            for (name, tensor) in file.tensors where tensor.type == "I8" {
                file.tensors[name]!.bytes = [UInt8](repeating: byte, count: tensor.bytes.count)
            }
            try expectFinite(file.encoded(), level: level, "all weights \(byte)")
        }
    }

    private func expectFinite(_ weights: [UInt8], level: KernelLevel, _ what: String) throws {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        try TinyModel().write(to: directory, precision: .int8, weights: weights)
        guard let encoder = try? TextEncoder(directory: directory.url, precision: .int8, kernels: Kernels(level: level))
        else { return }
        for text in ["", "[PAD] a b."] {
            let vector = encoder.embed(text)
            let length = GoldenVectorTests.length(vector)
            #expect(vector.allSatisfy { $0.isFinite } && (length == 0 || abs(length - 1) < 1e-5), "\(what)")
        }
    }
}
