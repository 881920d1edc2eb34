import Artifacts
import Catalog
import Enrichment
import Foundation
import Recommender
import TextEmbedding
import VectorIndex

/// The vectors of all works, in their order.
struct WorkVectors {
    var names: QuantizedVectors
    /// Zeros for works without a description.
    var descriptions: QuantizedVectors
    /// Of the descriptions' sentences.
    var sentences: QuantizedVectors
    var sentenceOffsets: [Int]
}

extension Trainer {
    /// Writes the vectors of all names, descriptions and sentences, and the digests of their texts. Vectors of unchanged
    /// texts come from the bundle before. O(tokens).
    func embed(
        _ works: [Work], reusing previous: BundleManifest?, into draft: BundleDraft,
        onProgress: @escaping @Sendable (TrainingProgress) -> Void
    ) throws -> (WorkVectors, TrainingOutcome.Statistics) {
        let names = works.map(WorkText.name)
        let descriptions = works.map(WorkText.description)
        var known = try previous.map { try KnownVectors(of: $0, for: self) } ?? KnownVectors()
        let missingNames = names.indices.filter { known.names[names[$0].digest] == nil && !names[$0].isEmpty }
        let missingDescriptions = descriptions.indices.filter { row in
            known.descriptions[descriptions[row].digest]?.sentences.count != descriptions[row].parts.count
                && !descriptions[row].isEmpty
        }
        let total = missingNames.count + missingDescriptions.count
        let texts = names.count { !$0.isEmpty } + descriptions.count { !$0.isEmpty }

        let start = ContinuousClock.now
        onProgress(.embedding(done: 0, total: total))
        let dimension = encoder.dimension
        let freshNames = try QuantizedVectors(
            quantizing: encoder.embed(missingNames.map { names[$0].parts[0] }) {
                onProgress(.embedding(done: $0, total: total))
            }, dimension: dimension)
        for (place, row) in missingNames.enumerated() {
            known.names[names[row].digest] = freshNames.codedRow(at: place)
        }
        // By portions, so that the floats of a large library's sentences need not be in memory all at once.
        for begin in stride(from: 0, to: missingDescriptions.count, by: 8_192) {
            let portion = missingDescriptions[begin..<min(begin + 8_192, missingDescriptions.count)]
            let fresh = encoder.embed(parts: portion.map { descriptions[$0].parts }) {
                onProgress(.embedding(done: missingNames.count + begin + $0, total: total))
            }
            let wholes = try QuantizedVectors(quantizing: fresh.wholes, dimension: dimension)
            let parts = try QuantizedVectors(quantizing: fresh.parts, dimension: dimension)
            var next = 0
            for (place, row) in portion.enumerated() {
                let own = next..<next + descriptions[row].parts.count
                next = own.upperBound
                known.descriptions[descriptions[row].digest] = (
                    wholes.codedRow(at: place), own.map(parts.codedRow(at:))
                )
            }
        }
        let time = ContinuousClock.now - start

        let vectors = try assemble(names, descriptions, from: known)
        for (file, part) in [
            (BundleFile.nameVectors, vectors.names), (.descriptionVectors, vectors.descriptions),
            (.sentenceVectors, vectors.sentences), (.meaningVectors, try meanings(of: vectors)),
        ] {
            try part.write(to: draft.folder.appending(path: file.rawValue).path)
        }
        try draft.write(Data(littleEndian: vectors.sentenceOffsets.map(UInt32.init)), to: .sentenceOffsets)
        try draft.write((names + descriptions).reduce(into: Data()) { $0 += $1.digest }, to: .textDigests)
        return (vectors, .init(embedded: total, reused: texts - total, embeddingTime: time))
    }

    private func meanings(of vectors: WorkVectors) throws -> QuantizedVectors {
        var builder = try QuantizedVectorsBuilder(count: vectors.names.count, dimension: encoder.dimension)
        for row in 0..<vectors.names.count {
            let meaning = WorkMeaning.vector(
                name: vectors.names.vector(at: row), description: vectors.descriptions.vector(at: row))
            try builder.append(quantizing: meaning[...])
        }
        return try builder.finish()
    }

    private func assemble(
        _ names: [WorkText], _ descriptions: [WorkText], from known: KnownVectors
    ) throws -> WorkVectors {
        let dimension = encoder.dimension
        let offsets = descriptions.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.parts.count) }
        var nameRows = try QuantizedVectorsBuilder(count: names.count, dimension: dimension)
        var wholeRows = try QuantizedVectorsBuilder(count: descriptions.count, dimension: dimension)
        var sentenceRows = try QuantizedVectorsBuilder(count: offsets[descriptions.count], dimension: dimension)
        for text in names {
            if let row = known.names[text.digest] { try nameRows.append(row) } else { try nameRows.appendZeros() }
        }
        for text in descriptions {
            guard let rows = known.descriptions[text.digest], !text.isEmpty else {
                try wholeRows.appendZeros()
                for _ in text.parts { try sentenceRows.appendZeros() }
                continue
            }
            try wholeRows.append(rows.whole)
            for row in rows.sentences { try sentenceRows.append(row) }
        }
        return try WorkVectors(
            names: nameRows.finish(), descriptions: wholeRows.finish(), sentences: sentenceRows.finish(),
            sentenceOffsets: offsets)
    }
}

/// Vectors by the digest of their text.
struct KnownVectors {
    var names: [Data: CodedRow] = [:]
    var descriptions: [Data: (whole: CodedRow, sentences: [CodedRow])] = [:]

    init() {}

    /// Those of a bundle; none when another model made them.
    init(of manifest: BundleManifest, for trainer: Trainer) throws {
        guard manifest.inputs.textModel == trainer.textModel.weights(trainer.encoder.precision),
            manifest.inputs.parameters["textVersion"] == Trainer.textVersion,
            manifest.dimension == trainer.encoder.dimension
        else { return }
        func url(_ file: BundleFile) -> URL {
            trainer.bundles.folder.appending(path: manifest.id).appending(path: file.rawValue)
        }
        let digests = try Data(contentsOf: url(.textDigests))
        let works = manifest.works
        let sentences = try QuantizedVectors(path: url(.sentenceVectors).path)
        let offsets = try SentenceOffsets(
            Data(contentsOf: url(.sentenceOffsets)), works: works, sentences: sentences.count)
        let names = try QuantizedVectors(path: url(.nameVectors).path)
        let descriptions = try QuantizedVectors(path: url(.descriptionVectors).path)
        guard let offsets, digests.count == 2 * works * BundleFile.textDigestSize,
            [names, descriptions, sentences].allSatisfy({ $0.dimension == manifest.dimension }),
            names.count == works, descriptions.count == works
        else { return }
        func digest(_ place: Int) -> Data {
            Data(digests[place * BundleFile.textDigestSize..<(place + 1) * BundleFile.textDigestSize])
        }
        for row in 0..<works {
            self.names[digest(row)] = names.codedRow(at: row)
            self.descriptions[digest(works + row)] = (
                descriptions.codedRow(at: row), offsets[row].map(sentences.codedRow(at:))
            )
        }
    }
}

extension Data {
    /// The numbers as they lie in a bundle's files.
    init(littleEndian numbers: [some BitwiseCopyable]) {
        #if _endian(big)
            #error("Bundles are little-endian and mapped as they are.")
        #endif
        self = numbers.withUnsafeBytes { Data($0) }
    }
}
