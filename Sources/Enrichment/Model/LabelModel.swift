import Catalog
public import Classification

/// What says how strongly a book has each of `BookLabel.all`: linear heads over the vectors of its description and its name,
/// and what catalogue and readers say of its genre.
public struct LabelModel: Sendable, Hashable {
    /// Over the description's vector and the name's, one behind the other; [labels, 2 * dimension]. Logits of calibrated
    /// probabilities; of moods, of the expected strength.
    public var heads: LinearHeads
    /// By label: from here on it is said of a book. A probability.
    public var thresholds: [Float]
    /// From this probability on a content note may apply, so that a reader who wants to avoid it is spared the book: far
    /// below the threshold at which it is said.
    public var caution: Float
    /// What a filing adds to the logit of a genre, and of fiction.
    public var genreFiling: FilingWeights
    public var fictionFiling: FilingWeights
    /// What words that speak for it add to the logit of a content note.
    public var cues: CueWeights
    /// Where it comes from, for the model card.
    public var provenance: Provenance

    /// What it adds to a logit that a source names the label, or names others only.
    public struct FilingWeights: Sendable, Hashable, Codable {
        public var named: Float
        public var notNamed: Float
        public var shelved: Float
        public var notShelved: Float

        public init(named: Float = 0, notNamed: Float = 0, shelved: Float = 0, notShelved: Float = 0) {
            self.named = named
            self.notNamed = notNamed
            self.shelved = shelved
            self.notShelved = notShelved
        }

        func sum(catalogue: Bool?, shelves: Bool?) -> Float {
            (catalogue.map { $0 ? named : notNamed } ?? 0) + (shelves.map { $0 ? shelved : notShelved } ?? 0)
        }
    }

    /// What it adds to a logit that there is a cue at all, and how many there are.
    public struct CueWeights: Sendable, Hashable, Codable {
        public var any: Float
        public var each: Float

        public init(any: Float = 0, each: Float = 0) {
            self.any = any
            self.each = each
        }

        func sum(_ count: Int) -> Float { (count > 0 ? any : 0) + each * Float(count) }
    }

    /// What a model was fitted to.
    public struct Provenance: Sendable, Hashable, Codable {
        /// The name of the text model whose vectors the heads read.
        public var textModel: String
        /// Examples, by where they come from.
        public var examples: [String: Int]
        /// SHA-256 of the files, by name.
        public var files: [String: String]
        public var seed: UInt64

        public init(
            textModel: String, examples: [String: Int] = [:], files: [String: String] = [:],
            seed: UInt64 = 0
        ) {
            self.textModel = textModel
            self.examples = examples
            self.files = files
            self.seed = seed
        }
    }

    /// Of one of the two vectors.
    public var dimension: Int { heads.dimension / 2 }

    public init(
        heads: LinearHeads, thresholds: [Float], caution: Float = 0.5, genreFiling: FilingWeights = .init(),
        fictionFiling: FilingWeights = .init(), cues: CueWeights = .init(), provenance: Provenance
    ) {
        self.heads = heads
        self.thresholds = thresholds
        self.caution = caution
        self.genreFiling = genreFiling
        self.fictionFiling = fictionFiling
        self.cues = cues
        self.provenance = provenance
    }

    /// A model that knows nothing: all that it says before it is fitted is that a label is not likely.
    public static func blank(dimension: Int) -> LabelModel {
        let labels = BookLabel.all.count
        let nothing = LinearHeads(labels: labels, dimension: 2 * dimension)
        return LabelModel(
            heads: LinearHeads(
                weights: nothing.weights, biases: [Float](repeating: -3, count: labels), dimension: 2 * dimension),
            thresholds: [Float](repeating: 0.5, count: labels),
            provenance: Provenance(textModel: ""))
    }

    /// What filings, cues and readers add to the logits of a work, [labels]. O(labels).
    func saidLogits(of row: Int, in inputs: LabelInputs) -> [Float] {
        let (catalogue, shelves, readers) = (inputs.catalogue[row], inputs.shelves[row], inputs.readers[row] ?? [:])
        return BookLabel.all.map { label in
            // The third who says the same of a book is believed, the tenth adds nothing.
            let read = Self.readerWeight * min(max(readers[label] ?? 0, -3), 3)
            return read + said(label)
        }
        func said(_ label: BookLabel) -> Float {
            switch label {
            case .contentNote(let note): cues.sum(inputs.cues[row].counts[note] ?? 0)
            case .fiction:
                fictionFiling.sum(catalogue: catalogue.isFiction, shelves: shelves?.isFiction)
            case .genre(let genre):
                genreFiling.sum(
                    catalogue: catalogue.genres.isEmpty ? nil : catalogue.genres.contains(genre),
                    shelves: shelves.flatMap { $0.genres.isEmpty ? nil : $0.genres.contains(genre) })
            case .mood, .emotion, .pace: 0
            }
        }
    }

    /// What a reader's word on a book adds to the logit of the label. Chosen, not fitted: two readers outweigh a model that
    /// is sure by nine to one.
    static let readerWeight: Float = 1.2
}
