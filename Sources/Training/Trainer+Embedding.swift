import Artifacts
import Catalog
import Foundation
import TextEmbedding
import VectorIndex

extension Trainer {
    /// Writes the vectors of all names and descriptions and the digests of their texts. Vectors of unchanged texts come
    /// from the bundle before. O(tokens).
    func embed(
        _ works: [Work], reusing previous: BundleManifest?, into draft: BundleDraft,
        onProgress: @escaping @Sendable (TrainingProgress) -> Void
    ) throws -> TrainingOutcome.Statistics {
        let texts = works.map(WorkText.name) + works.map(WorkText.description)
        var known = try previous.map(knownVectors(of:)) ?? [:]
        let missing = texts.filter { !$0.text.isEmpty && known[$0.digest] == nil }
        let reused = texts.count { known[$0.digest] != nil }

        let start = ContinuousClock.now
        onProgress(.embedding(done: 0, total: missing.count))
        let fresh = encoder.embed(missing.map(\.text)) { onProgress(.embedding(done: $0, total: missing.count)) }
        let time = ContinuousClock.now - start

        let dimension = encoder.dimension
        let rows = try QuantizedVectors(quantizing: fresh, dimension: dimension)
        for (row, text) in missing.enumerated() { known[text.digest] = rows.codedRow(at: row) }
        for (file, part) in [
            (BundleFile.nameVectors, texts.prefix(works.count)), (.descriptionVectors, texts.suffix(works.count)),
        ] {
            var vectors = try QuantizedVectorsBuilder(count: part.count, dimension: dimension)
            for text in part {
                if let row = known[text.digest] { try vectors.append(row) } else { try vectors.appendZeros() }
            }
            try vectors.finish().write(to: draft.folder.appending(path: file.rawValue).path)
        }
        try draft.write(texts.reduce(into: Data()) { $0 += $1.digest }, to: .textDigests)
        return .init(embedded: missing.count, reused: reused, embeddingTime: time)
    }

    /// The vectors of a bundle by the digest of their text; none when another model made them.
    private func knownVectors(of manifest: BundleManifest) throws -> [Data: CodedRow] {
        guard manifest.inputs.textModel == textModel.weights(encoder.precision), manifest.dimension == encoder.dimension
        else { return [:] }
        func url(_ file: BundleFile) -> URL {
            bundles.folder.appending(path: manifest.id).appending(path: file.rawValue)
        }
        let digests = try Data(contentsOf: url(.textDigests))
        guard digests.count == 2 * manifest.works * BundleFile.textDigestSize else { return [:] }
        var known: [Data: CodedRow] = [:]
        for (part, file) in [BundleFile.nameVectors, .descriptionVectors].enumerated() {
            let vectors = try QuantizedVectors(path: url(file).path)
            guard vectors.count == manifest.works, vectors.dimension == manifest.dimension else { return [:] }
            for row in 0..<manifest.works {
                let begin = (part * manifest.works + row) * BundleFile.textDigestSize
                known[Data(digests[begin..<begin + BundleFile.textDigestSize])] = vectors.codedRow(at: row)
            }
        }
        known[Data(count: BundleFile.textDigestSize)] = nil
        return known
    }
}

extension Data {
    /// The floats as they lie in a bundle's files.
    init(littleEndian floats: [Float]) {
        #if _endian(big)
            #error("Bundles are little-endian and mapped as they are.")
        #endif
        self = floats.withUnsafeBytes { Data($0) }
    }
}
