import EngineTestSupport
import Kernels
import Testing
import TextEmbedding

@Suite("Text encoder")
struct TextEncoderTests {
    static let texts = [
        "", "a", "b.", "acc b", "a b a b . . acccc", "x", "A [MASK] a", String(repeating: "a ", count: 40),
    ]

    func withEncoder<Result>(
        _ model: TinyModel, _ precision: EncoderPrecision, level: KernelLevel = .scalar,
        _ body: (TextEncoder) throws -> Result
    ) throws -> Result {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        try model.write(to: directory, precision: precision)
        return try body(TextEncoder(directory: directory.url, precision: precision, kernels: Kernels(level: level)))
    }

    @Test(arguments: KernelLevel.supported, UInt64(0)..<8)
    func smallModelsOfAnyWeightsAgreeWithThePlainEncoder(level: KernelLevel, seed: UInt64) throws {
        try withEncoder(TinyModel(seed: seed), .f32, level: level) { encoder in
            #expect(encoder.dimension == 12 && encoder.maximumTokens == 16)
            let plain = ReferenceEncoder(encoder)
            for text in Self.texts {
                let (fast, slow) = (encoder.embed(text), plain.embed(text))
                // Few elements in a row magnify the roundings of f32.
                #expect(zip(fast, slow).allSatisfy { abs($0 - $1) < 1e-4 }, "\(text)")
                #expect(abs(GoldenVectorTests.length(fast) - 1) < 1e-6)
            }
            #expect(encoder.embed(Self.texts, threads: 2) == Self.texts.flatMap { encoder.embed($0) })
        }
    }

    static let absurdities: [Float] = [0, .nan, .infinity, -.infinity, 3e38, -3e38, .leastNonzeroMagnitude]

    @Test(arguments: KernelLevel.supported, absurdities)
    func absurdWeightsGiveZerosOrAUnitVectorButNoNaN(level: KernelLevel, weight: Float) throws {
        var model = TinyModel()
        model.fill(weight)
        try withEncoder(model, .f32, level: level) { encoder in
            for vector in [encoder.embed("a b"), encoder.embed(["a b", ""])] {
                #expect(vector.allSatisfy { $0.isFinite })
                let length = GoldenVectorTests.length(vector.prefix(12))
                #expect(length == 0 || abs(length - 1) < 1e-6)
            }
        }
    }

    @Test func oneDamagedWeightCannotGetOut() throws {
        for name in TinyModel().tensors.keys {
            var model = TinyModel()
            model.tensors[name]!.elements[0] = .nan
            try withEncoder(model, .f32) { encoder in
                #expect(encoder.embed("[PAD] a").allSatisfy { $0.isFinite }, "\(name)")
            }
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func tokensAreCountedAsTheyAreUsed(precision: EncoderPrecision) throws {
        try withEncoder(TinyModel(), precision) { encoder in
            #expect(encoder.tokenCount("") == 2)
            #expect(encoder.tokenCount("acc b") == 6)
            #expect(encoder.tokenCount(String(repeating: "a ", count: 1000)) == 16)
            let cut = encoder.embed(String(repeating: "a ", count: 14))
            #expect(encoder.embed(String(repeating: "a ", count: 1000)) == cut)
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func noTextsGiveNoVectors(precision: EncoderPrecision) throws {
        try withEncoder(TinyModel(), precision) { encoder in
            #expect(encoder.embed([]).isEmpty)
            #expect(encoder.embed(["a"], threads: 0) == encoder.embed("a"))
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func manyTextsKeepTheirOrder(precision: EncoderPrecision) throws {
        try withEncoder(TinyModel(), precision, level: KernelLevel.supported.last!) { encoder in
            // More than one window.
            let texts = (0..<5000).map { Self.texts[$0 * $0 % 7] }
            let vectors = encoder.embed(texts, threads: 3)
            let alone = Self.texts.map { encoder.embed($0) }
            for place in texts.indices {
                #expect(Array(vectors[place * 12..<(place + 1) * 12]) == alone[place * place % 7])
            }
        }
    }

    /// Each with the tokens that it has in its text.
    static let parted: [[(text: String, tokens: Range<Int>)]] = [
        [("a b.", 1..<4), ("acc b", 4..<8)], [("acc b acc b acc b", 1..<13), ("b b b", 13..<15), ("a a", 15..<15)],
        [("", 1..<1), ("a", 1..<2), ("x", 2..<3)], [], [(". .", 1..<3)],
    ]

    @Test(arguments: KernelLevel.supported, UInt64(0)..<4)
    func partsAreReadInTheLightOfTheWhole(level: KernelLevel, seed: UInt64) throws {
        try withEncoder(TinyModel(seed: seed), .f32, level: level) { encoder in
            let plain = ReferenceEncoder(encoder)
            let vectors = encoder.embed(parts: Self.parted.map { $0.map(\.text) }, threads: 2)
            let texts = Self.parted.map { $0.map(\.text).joined(separator: " ") }
            #expect(vectors.wholes == texts.flatMap { encoder.embed($0) })
            var place = 0
            for (text, parts) in zip(texts, Self.parted) {
                for part in parts {
                    let vector = vectors.parts[place * 12..<(place + 1) * 12]
                    place += 1
                    if part.tokens.isEmpty {
                        #expect(vector.allSatisfy { $0 == 0 }, "\(part)")
                    } else {
                        let expected = plain.embed(text, tokens: part.tokens)
                        #expect(zip(vector, expected).allSatisfy { abs($0 - $1) < 1e-4 }, "\(part)")
                    }
                }
            }
            #expect(vectors.parts.count == place * 12)
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func manyPartedTextsKeepTheirOrder(precision: EncoderPrecision) throws {
        try withEncoder(TinyModel(), precision, level: KernelLevel.supported.last!) { encoder in
            // More than one window.
            let texts = (0..<5000).map { Self.parted[$0 * $0 % 5].map(\.text) }
            let vectors = encoder.embed(parts: texts, threads: 3)
            let alone = Self.parted.map { encoder.embed(parts: [$0.map(\.text)]) }
            #expect(vectors.wholes == texts.indices.flatMap { alone[$0 * $0 % 5].wholes })
            #expect(vectors.parts == texts.indices.flatMap { alone[$0 * $0 % 5].parts })
            #expect(encoder.embed(parts: []).wholes.isEmpty)
        }
    }
}
