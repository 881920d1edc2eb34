import EngineTestSupport
import Foundation
import Kernels
import Synchronization
import Testing
import TextEmbedding

/// Against vectors computed in NumPy, in double precision.
@Suite("Golden vectors")
struct GoldenVectorTests {
    static func cosine(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Double {
        func product(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Double {
            zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        }
        return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    }

    static func length(_ vector: some Collection<Float>) -> Double {
        vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    static func encoder(_ precision: EncoderPrecision, _ level: KernelLevel) throws -> TextEncoder {
        try TextEncoder(directory: TestModel.directory(), precision: precision, kernels: Kernels(level: level))
    }

    @Test(arguments: KernelLevel.supported)
    func everyTextHasItsVector(level: KernelLevel) throws {
        let encoder = try Self.encoder(.f32, level)
        let texts = try GoldenFile.lines(of: "vector_texts.jsonl", as: String.self)
        let goldens = try GoldenFile.floats(of: "vectors.f32")
        #expect(texts.count >= 220)
        #expect(encoder.dimension == 384 && encoder.maximumTokens == 256)
        try #require(goldens.count == texts.count * 384)

        let vectors = encoder.embed(texts)
        try #require(vectors.count == goldens.count)
        for (place, text) in texts.enumerated() {
            let vector = vectors[place * 384..<(place + 1) * 384]
            let golden = goldens[place * 384..<(place + 1) * 384]
            #expect(Self.cosine(vector, golden) >= 0.99999, "\(text.debugDescription)")
            // A unit vector's element is off by 1e-5 only if something is.
            #expect(zip(vector, golden).allSatisfy { abs($0 - $1) < 1e-5 }, "\(text.debugDescription)")
            #expect(abs(Self.length(vector) - 1) < 1e-6)
        }
    }

    /// Bytes cost precision: about 0.001 of the cosine, and more where few
    /// words carry a text. The portable kernels take minutes for all texts,
    /// and their layers are the others' to the bit: every fifth is enough.
    @Test(arguments: KernelLevel.supported)
    func bytesComeNearTheVectors(level: KernelLevel) throws {
        let encoder = try Self.encoder(.int8, level)
        let texts = try GoldenFile.lines(of: "vector_texts.jsonl", as: String.self)
        let goldens = try GoldenFile.floats(of: "vectors.f32")
        try #require(goldens.count == texts.count * 384)
        let places = Array(stride(from: 0, to: texts.count, by: level == .scalar ? 5 : 1))
        let vectors = encoder.embed(places.map { texts[$0] })
        var cosines: [Double] = []
        for (number, place) in places.enumerated() {
            let vector = vectors[number * 384..<(number + 1) * 384]
            let cosine = Self.cosine(vector, goldens[place * 384..<(place + 1) * 384])
            #expect(cosine >= 0.99, "\(texts[place].debugDescription)")
            #expect(abs(Self.length(vector) - 1) < 1e-6)
            cosines.append(cosine)
        }
        let mean = cosines.reduce(0, +) / Double(cosines.count)
        #expect(mean >= 0.997)
        // What reads bytes is not what reads floats.
        #expect(mean < 0.99999)
    }

    @Test(arguments: EncoderPrecision.allCases)
    func aBatchEqualsItsTextsAlone(precision: EncoderPrecision) throws {
        let encoder = try Self.encoder(precision, Kernels.level)
        let texts = try Array(GoldenFile.lines(of: "vector_texts.jsonl", as: String.self).suffix(60))
        let alone = texts.flatMap { encoder.embed($0) }
        #expect(try Self.encoder(precision, Kernels.level).embed(texts, threads: 2) == alone, "another run")
        for threads in [1, 2, 3, 7] {
            let progress = Mutex<[Int]>([])
            let together = encoder.embed(texts, threads: threads) { count in progress.withLock { $0.append(count) } }
            #expect(together == alone, "\(threads) threads")
            let counts = progress.withLock { $0 }
            #expect(counts.last == texts.count)
            #expect(counts == counts.sorted() && Set(counts).count == counts.count)
        }
    }

    @Test(arguments: KernelLevel.supported)
    func thePlainEncoderAgrees(level: KernelLevel) throws {
        let encoder = try Self.encoder(.f32, level)
        let plain = ReferenceEncoder(encoder)
        for text in ["", "whale", "Überraschung im Märchenwald!"] {
            let (fast, slow) = (encoder.embed(text), plain.embed(text))
            #expect(zip(fast, slow).allSatisfy { abs($0 - $1) < 2e-6 }, "\(text)")
        }
    }

    @Test func theManifestFitsTheFiles() throws {
        struct Manifest: Decodable {
            struct File: Decodable {
                var count: Int
                var bytes: Int
            }
            var files: [String: File]
        }
        // The hashes are compared by `make_golden.py --check`.
        let files = try GoldenFile.value(of: "manifest.json", as: Manifest.self).files
        #expect(Set(files.keys) == ["tokens.jsonl", "vector_texts.jsonl", "vectors.f32"])
        for (name, file) in files {
            let bytes = try Data(contentsOf: GoldenFile.url(name))
            #expect(bytes.count == file.bytes, "\(name)")
            let isNumbers = name.hasSuffix(".f32")
            let count = isNumbers ? bytes.count / 4 : bytes.split(separator: 0x0A).count
            #expect(count == file.count, "\(name)")
        }
    }
}
