/// One book of an answer: what it is, how well it fits, and why.
public struct BookHit: Sendable, Codable {
    public var book: Book
    /// The sum of the reasons' contributions, 0...1.
    public var score: Double
    /// Why the book is here, the strongest first. Every one is a fact about this book and this request.
    public var reasons: [Reason]
    /// Where its description speaks of what was asked for; nil where that was not in words, or it has no description.
    public var passage: Passage?
    /// How every leg ranked it, in the order of `Leg`; nil where that was not asked for.
    public var explanation: [LegExplanation]?
    /// What every feature of a recommendation adds; nil where that was not asked for.
    public var features: [FeatureExplanation]?

    public init(
        book: Book, score: Double, reasons: [Reason], passage: Passage? = nil, explanation: [LegExplanation]? = nil
    ) {
        self.book = book
        self.score = score
        self.reasons = reasons
        self.passage = passage
        self.explanation = explanation
    }
}

/// One reason for a recommendation.
public struct Reason: Sendable, Codable, Hashable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The text of the book is close in meaning to what was asked for.
        case meaning
        /// The words asked for, or words close to them, stand in what is told of the book.
        case keywords
        /// The words asked for name its title, its series or its authors.
        case title
        /// How many readers have rated it and what they think.
        case rating
        /// It feels as was asked for.
        case mood
        /// It is close to the examples.
        case examples
        /// The same readers like it and the book that was asked about.
        case readers
        /// The ISBN that was asked for is one of its editions'.
        case isbn
        /// It is by an author of whom the reader likes a book.
        case author
        /// It is of a series of which the reader likes a book.
        case series
        /// Its genres are those of what the reader likes.
        case genre
        /// It is far from what the reader does not like.
        case distance
        /// Few readers here know it.
        case novelty
    }

    public var kind: Kind
    /// A sentence for the reader.
    public var text: String
    /// What this reason adds to the score.
    public var contribution: Double

    public init(kind: Kind, text: String, contribution: Double) {
        self.kind = kind
        self.text = text
        self.contribution = contribution
    }
}

/// A sentence of a description, in pieces: what stands there of the words asked for, and what is between.
public struct Passage: Sendable, Codable, Hashable {
    public struct Piece: Sendable, Codable, Hashable {
        public var text: String
        public var isMatch: Bool
    }

    /// Together they are the sentence.
    public var pieces: [Piece]
}

/// What one feature says of a recommended book.
public struct FeatureExplanation: Sendable, Codable, Hashable {
    /// As `TasteFeature` names it.
    public var feature: String
    /// 0...1
    public var value: Double
    /// How much the feature counts for this reader.
    public var weight: Double
    /// Value times weight. All features' together, and the reasons that a wish adds, are the score.
    public var contribution: Double
}

/// What one leg says of a hit.
public struct LegExplanation: Sendable, Codable, Hashable {
    public var leg: Leg
    /// 1 for the best of all works that fit the request; works that are as good share a rank.
    public var rank: Int
    /// 0...1
    public var value: Double
    /// How much the leg counts in this request; all legs together 1.
    public var weight: Double
    /// Value times weight. All legs' together are the score.
    public var contribution: Double
}
