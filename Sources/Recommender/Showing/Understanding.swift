/// How the words of a request were understood.
public struct Understanding: Sendable, Codable, Hashable {
    public struct Correction: Sendable, Codable, Hashable {
        public var from: String
        public var to: String
    }

    /// Words that were taken for others of the best hits' names.
    public var corrections: [Correction]
    /// The ISBN-13 that was asked for by itself.
    public var isbn: String?

    public init(corrections: [Correction] = [], isbn: String? = nil) {
        self.corrections = corrections
        self.isbn = isbn
    }
}

/// Why a request has no hit, and what it would have without one of its parts.
public struct NoResult: Sendable, Codable {
    /// A part of a request, and how many works there would be without it.
    public struct Obstacle: Sendable, Codable, Hashable {
        /// The name of the parameter.
        public var parameter: String
        public var countWithout: Int
    }

    /// What was understood and why nothing fits: a sentence or two for the reader.
    public var text: String
    /// What hides most comes first.
    public var obstacles: [Obstacle]
    /// The best few hits without the first obstacle.
    public var nearest: [BookHit]
}
