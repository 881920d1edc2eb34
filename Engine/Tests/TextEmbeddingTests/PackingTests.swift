import EngineTestSupport
import Foundation
import Kernels
import Testing
import TextEmbedding

@Suite("Packing")
struct PackingTests {
    /// The cosines of `texts`' vectors at both precisions.
    func cosines(_ model: TinyModel, level: KernelLevel = .scalar, texts: [String]) throws -> [Double] {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        try model.write(to: directory, precision: .f32)
        try model.write(to: directory, precision: .int8)
        let encoders = try EncoderPrecision.allCases.map {
            try TextEncoder(directory: directory.url, precision: $0, kernels: Kernels(level: level))
        }
        return texts.map { text in
            let vectors = encoders.map { $0.embed(text) }
            return GoldenVectorTests.cosine(vectors[0], vectors[1])
        }
    }

    @Test func packingTwiceGivesTheSameBytes() throws {
        let model = TinyModel(seed: 3)
        #expect(try model.packed() == model.packed())
        #expect(try model.packed() != TinyModel(seed: 4).packed())
    }

    /// Weights of up to 0.5, of which four share a lane and two a sign, have a
    /// scale of about 1/100 and a rounding error of 0.003: one part in 100.
    /// Inputs err by less. Eight layers in a row make it three parts, which
    /// costs half their square of the cosine, 0.0005; rows of twelve have
    /// unlucky ones with ten times that.
    @Test(arguments: KernelLevel.supported)
    func smallModelsComeNearTheirFloats(level: KernelLevel) throws {
        for seed in UInt64(0)..<8 {
            for (text, cosine) in zip(
                TextEncoderTests.texts,
                try cosines(TinyModel(seed: seed), level: level, texts: TextEncoderTests.texts))
            {
                #expect(cosine >= 0.995, "seed \(seed), '\(text)'")
            }
        }
    }

    /// Where layers add nothing, a vector is made of the embeddings: those of
    /// words, which bytes keep to one part in 254, and exact ones of places
    /// and segment.
    @Test(arguments: KernelLevel.supported)
    func embeddingsComeNearTheirFloats(level: KernelLevel) throws {
        for seed in UInt64(0)..<4 {
            var model = TinyModel(seed: seed)
            for (name, tensor) in model.tensors where !name.contains("_embeddings.") {
                let isGain = name.hasSuffix("LayerNorm.weight")
                model.tensors[name]!.elements = tensor.elements.map { _ in isGain ? 1 : 0 }
            }
            for (text, cosine) in zip(
                TextEncoderTests.texts, try cosines(model, level: level, texts: TextEncoderTests.texts))
            {
                #expect(cosine >= 0.9999, "seed \(seed), '\(text)'")
            }
        }
    }

    @Test func floatsStayAsTheyAre() throws {
        let model = TinyModel(seed: 5)
        let file = try PackedFile(model.packed())
        func floats(_ name: String) -> [Float] { file.floats(name) }
        func published(_ name: String) -> [Float] { model.tensors[name]!.elements }
        let segment = published("embeddings.token_type_embeddings.weight")
        let places = published("embeddings.position_embeddings.weight")
        #expect(floats("positions") == places.indices.map { places[$0] + segment[$0 % 12] })
        for (name, from) in [
            ("embeddingNorm", "embeddings.LayerNorm"), ("layers.1.outputNorm", "encoder.layer.1.output.LayerNorm"),
            ("layers.0.attentionNorm", "encoder.layer.0.attention.output.LayerNorm"),
        ] {
            #expect(floats(name + ".gain") == published(from + ".weight"))
            #expect(floats(name + ".bias") == published(from + ".bias"))
        }
        let attention = "encoder.layer.0.attention.self."
        let biases = ["query", "key", "value"].flatMap { published(attention + $0 + ".bias") }
        // 36 outputs are padded to 48.
        #expect(floats("layers.0.attention.bias") == biases + [Float](repeating: 0, count: 12))
    }

    /// Inputs a hundred times as wide as the others hand a tenth of that to
    /// their weights, in each layer that they reach.
    @Test func rangesAreMeasured() throws {
        var model = TinyModel(seed: 6)
        let norms = ["embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"]
        for norm in norms {
            model.tensors[norm + ".LayerNorm.weight"]!.elements = (0..<12).map { $0 == 7 ? 100 : 1 }
        }
        let file = try PackedFile(model.packed())
        for name in ["layers.0.attention", "layers.0.intermediate", "layers.1.attention"] {
            let factors = file.floats(name + ".factors")
            let others = factors.indices.filter { $0 != 7 }.map { factors[$0] }
            #expect(factors.count == 12)
            #expect((0.03...0.3).contains(factors[7] / others.min()!), "\(name): \(factors)")
        }
    }

    /// Sizes of which no product is a multiple of 4, 8 or 16.
    @Test func awkwardSizesArePacked() throws {
        for (hidden, heads, wide) in [(1, 1, 1), (5, 1, 3), (6, 3, 7), (13, 13, 31), (34, 2, 17), (3, 3, 100)] {
            let model = TinyModel(seed: 9, hidden: hidden, heads: heads, wide: wide)
            for (text, cosine) in zip(
                TextEncoderTests.texts, try cosines(model, texts: TextEncoderTests.texts))
            {
                // Three elements, normalised, turn far for little.
                #expect(cosine >= (hidden < 12 ? 0.9 : 0.995), "\(hidden), \(heads), \(wide), '\(text)'")
            }
        }
    }

    @Test func whatIsNoNumberOrTooLargeIsRefused() throws {
        for name in TinyModel().tensors.keys.sorted() {
            for bad in [Float.nan, .infinity, -.infinity, 3e38, -1e19] {
                var model = TinyModel()
                let place = model.tensors[name]!.elements.count - 1
                model.tensors[name]!.elements[place] = bad
                #expect {
                    try model.packed()
                } throws: { error in
                    guard let error = error as? TextEmbeddingError else { return false }
                    return error.code == .badTensorFile && error.field == name && error.detail.contains("\(place)")
                        && error.path.hasSuffix("/model.safetensors")
                }
            }
        }
    }

    /// Nothing between the smallest number and the largest that is allowed
    /// keeps a model from being packed and used.
    @Test(arguments: [
        Float(0), .leastNonzeroMagnitude, .leastNonzeroMagnitude * 71, .leastNonzeroMagnitude * 190, 1e-38, -1e-36,
        1e-31, 1e-30, 1e-5, 1, -1e10, 1e18,
    ])
    func weightsOfAnySizeArePacked(size: Float) throws {
        for isUniform in [true, false] {
            var model = TinyModel()
            for (name, tensor) in model.tensors {
                model.tensors[name]!.elements = tensor.elements.map { isUniform ? size : 2 * $0 * size }
            }
            let directory = try TemporaryFolder()
            defer { directory.remove() }
            try model.write(to: directory, precision: .int8)
            for level in KernelLevel.supported {
                let encoder = try TextEncoder(directory: directory.url, kernels: Kernels(level: level))
                for text in TextEncoderTests.texts {
                    let vector = encoder.embed(text)
                    let length = GoldenVectorTests.length(vector)
                    #expect(vector.allSatisfy { $0.isFinite } && (length == 0 || abs(length - 1) < 1e-5))
                }
            }
        }
    }
}
