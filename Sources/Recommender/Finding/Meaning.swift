import Artifacts
import Enrichment
import Foundation
import VectorIndex

/// How close each work is in meaning to what was asked for: by its description as a whole, by the sentence of it that is
/// closest, and by its name.
///
/// A sentence says more of a detail, the whole more of what a book is about; `docs/search.md` has what each is worth. At the
/// first look the whole description stands for the sentence too.
struct Meaning {
    enum Source {
        case description, name
    }

    /// The share of each in the value; fitted as the weights of `Blend` were.
    private static let (wholeShare, sentenceShare, nameShare): (Float, Float, Float) = (0.41, 0.42, 0.17)

    private let vector: [Float]
    private let vectors: MeaningVectors
    private let readsSentences: Bool
    private var byName: [Float]
    private var byDescription: [Float]
    /// Rows that were looked at closely: the closest sentence, by its number, and how close.
    private var bySentence: [Int: (number: Int, score: Float)] = [:]

    /// - Parameter vector: of unit length. O(works * dimension).
    init(of vector: [Float], in vectors: MeaningVectors, readsSentences: Bool = true) throws {
        self.readsSentences = readsSentences
        self.vector = vector
        self.vectors = vectors
        byName = try vectors.names.scores(of: vector)
        byDescription = try vectors.descriptions.scores(of: vector)
    }

    /// Looks at these rows again, more closely. O(sentences of the rows * dimension).
    mutating func refine(_ rows: [Int]) throws {
        for (row, score) in try zip(rows, vectors.names.scores(of: vector, rows: rows)) { byName[row] = score }
        for (row, score) in try zip(rows, vectors.descriptions.scores(of: vector, rows: rows)) {
            byDescription[row] = score
        }
        guard readsSentences else { return }
        let sentences = rows.flatMap { vectors.sentenceOffsets[$0] }
        var scores = try vectors.sentences.scores(of: vector, rows: sentences)[...]
        for row in rows {
            let own = scores.prefix(vectors.sentenceOffsets[row].count)
            scores = scores.dropFirst(own.count)
            if let best = own.indices.max(by: { own[$0] < own[$1] }) {
                bySentence[row] = (best - own.startIndex, own[best])
            }
        }
    }

    /// Every row's value at the first look. O(works).
    func values() -> [Float] {
        zip(byDescription, byName).map { described, named in
            described == 0
                ? named * Self.unknownDiscount : described * (1 - Self.nameShare) + named * Self.nameShare
        }
    }

    /// 0...1 but for works that are against what was asked for.
    func value(_ row: Int) -> Double {
        let whole = byDescription[row]
        let sentence = bySentence[row]?.score ?? whole
        let described =
            (Self.wholeShare * whole + Self.sentenceShare * sentence) / (Self.wholeShare + Self.sentenceShare)
        // A work without a description is known by its name alone.
        let value =
            described == 0
            ? byName[row] * Self.unknownDiscount : described * (1 - Self.nameShare) + Self.nameShare * byName[row]
        return Double(value)
    }

    /// A name that is close says less than a description that is as close.
    private static let unknownDiscount: Float = 0.8

    func source(_ row: Int) -> Source {
        max(byDescription[row], bySentence[row]?.score ?? 0) >= byName[row] ? .description : .name
    }

    /// The number of the closest sentence of a row that was looked at closely.
    func sentence(_ row: Int) -> Int? { bySentence[row]?.number }
}

/// The vectors that meanings are compared by.
struct MeaningVectors: Sendable {
    let names: ExactIndex
    /// Works without a description have a row of zeros.
    let descriptions: ExactIndex
    let sentences: ExactIndex
    let sentenceOffsets: SentenceOffsets

    /// - Throws: when the files cannot be read or do not fit each other.
    init(bundleAt folder: URL, works: Int) throws {
        func index(_ file: BundleFile) throws -> ExactIndex {
            try ExactIndex(QuantizedVectors(path: folder.appending(path: file.rawValue).path))
        }
        names = try index(.nameVectors)
        descriptions = try index(.descriptionVectors)
        sentences = try index(.sentenceVectors)
        let path = folder.appending(path: BundleFile.sentenceOffsets.rawValue)
        guard
            let offsets = try SentenceOffsets(Data(contentsOf: path), works: works, sentences: sentences.count)
        else {
            throw ArtifactError.damaged(
                what: "bundle", path: path.path, reason: "it is not of the sentences that are there",
                remedy: "Train a new one with `bookrec train --force`.")
        }
        sentenceOffsets = offsets
    }
}
