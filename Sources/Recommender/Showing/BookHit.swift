/// One book of an answer: what it is, how well it fits, and why.
public struct BookHit: Sendable, Codable {
    public var book: Book
    /// The sum of the reasons' contributions, 0...1.
    public var score: Double
    /// Why the book is here, the strongest first. Every one is a fact about this book and this request.
    public var reasons: [Reason]

    public init(book: Book, score: Double, reasons: [Reason]) {
        self.book = book
        self.score = score
        self.reasons = reasons
    }
}

/// One reason for a recommendation.
public struct Reason: Sendable, Codable, Hashable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The text of the book is close in meaning to what was asked for.
        case meaning
        /// The words asked for stand in the title or in the authors' names.
        case title
        /// What readers thought of the book, small samples pulled towards the catalogue's mean.
        case rating
        /// It feels as was asked for.
        case mood
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
