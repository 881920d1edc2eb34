import Artifacts
import Enrichment
import Foundation
import VectorIndex

/// How close each work is in meaning to what was asked for: by its description as a whole, by the sentence of it that is
/// closest, and by its name.
///
/// A sentence says more of a detail, the whole more of what a book is about; `docs/search.md` has what each is worth. At the
/// first look the whole description stands for the sentence too, and all of a work is one vector.
struct Meaning {
    enum Source {
        case description, name
    }

    /// What a row that was looked at closely is found to be.
    private struct Close {
        var name: Float
        var whole: Float
        /// The closest sentence, by its number, and how close.
        var sentence: (number: Int, score: Float)?
    }

    /// The shares of the whole description and of its closest sentence; fitted as the weights of `Blend` were.
    private static let (wholeShare, sentenceShare): (Float, Float) = (0.41, 0.42)

    private let vector: [Float]
    private let vectors: MeaningVectors
    private let readsSentences: Bool
    /// The value at the first look of every row that fits.
    let values: [Float]
    private var close: [Int: Close] = [:]

    /// O(works * dimension).
    /// - Parameters:
    ///   - vector: of unit length.
    ///   - fitting: the rows whose values are asked for; nil for all.
    init(of vector: [Float], in vectors: MeaningVectors, among fitting: RowFilter?, readsSentences: Bool = true) throws
    {
        self.readsSentences = readsSentences
        self.vector = vector
        self.vectors = vectors
        values = try vectors.works.scores(of: vector, where: fitting)
    }

    /// Looks at these rows again, more closely. O(sentences of the rows * dimension).
    mutating func refine(_ rows: [Int]) throws {
        let names = try vectors.names.scores(of: vector, rows: rows)
        let wholes = try vectors.descriptions.scores(of: vector, rows: rows)
        let sentences = readsSentences ? rows.flatMap { vectors.sentenceOffsets[$0] } : []
        // Of many sentences, a byte an element tells the closest well enough.
        var scores = try vectors.sentences.firstScores(of: vector, rows: sentences)[...]
        for (place, row) in rows.enumerated() {
            var found = Close(name: names[place], whole: wholes[place])
            let own = scores.prefix(readsSentences ? vectors.sentenceOffsets[row].count : 0)
            scores = scores.dropFirst(own.count)
            if let best = own.indices.max(by: { own[$0] < own[$1] }) {
                found.sentence = (best - own.startIndex, own[best])
            }
            close[row] = found
        }
    }

    /// 0...1 but for works that are against what was asked for.
    func value(_ row: Int) -> Double {
        guard let found = close[row] else { return Double(values[row]) }
        // A work without a description is known by its name alone.
        guard found.whole != 0 else { return Double(found.name * WorkMeaning.unknownDiscount) }
        let sentence = found.sentence?.score ?? found.whole
        let described =
            (Self.wholeShare * found.whole + Self.sentenceShare * sentence) / (Self.wholeShare + Self.sentenceShare)
        return Double(described * (1 - WorkMeaning.nameShare) + found.name * WorkMeaning.nameShare)
    }

    /// What of a row that was looked at closely is the closest.
    func source(_ row: Int) -> Source {
        guard let found = close[row] else { return .description }
        return max(found.whole, found.sentence?.score ?? 0) >= found.name ? .description : .name
    }

    /// The number of the closest sentence of a row that was looked at closely.
    func sentence(_ row: Int) -> Int? { close[row]?.sentence?.number }
}

/// The vectors that meanings are compared by.
struct MeaningVectors: Sendable {
    /// What each work means in all: see `WorkMeaning`.
    let works: ExactIndex
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
        self.works = try index(.meaningVectors)
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
