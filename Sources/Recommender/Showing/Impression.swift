public import Catalog

/// What a book is taken to be and to feel like: inferred from its description and its name, and from what its catalogue and
/// readers file it under. Never certain; what is not said here is not known.
public struct Impression: Sendable, Codable, Hashable {
    /// Nil when it is not clear.
    public var isFiction: Bool?
    /// The most likely first; empty when none is likely enough.
    public var genres: [Genre]
    /// The strongest first: the two strongest of a hit, all of a book asked for by itself.
    public var moods: [MoodStrength]
    /// Of a book asked for by itself only: the strongest first.
    public var emotions: [EmotionStrength]
    /// Nil when it is not clear.
    public var pace: Pace?
    /// Nil when the pages are not known.
    public var length: LengthClass?
    /// Inferred from the description; that others do not apply is not known.
    public var contentNotes: [NoteEvidence]

    public init(
        isFiction: Bool?, genres: [Genre], moods: [MoodStrength], emotions: [EmotionStrength], pace: Pace?,
        length: LengthClass?, contentNotes: [NoteEvidence]
    ) {
        self.isFiction = isFiction
        self.genres = genres
        self.moods = moods
        self.emotions = emotions
        self.pace = pace
        self.length = length
        self.contentNotes = contentNotes
    }

    public struct MoodStrength: Sendable, Codable, Hashable {
        public var mood: Mood
        /// 0...1, as a careful reader would put it: from half on it is a main colour of the book.
        public var strength: Double
        /// The share of the catalogue's books, 0...1, that feel less so.
        public var percentile: Double
        /// The sentence of the description that speaks most for it; nil when none does, or when the mood is too faint.
        public var evidence: String?

        public init(mood: Mood, strength: Double, percentile: Double, evidence: String?) {
            self.mood = mood
            self.strength = strength
            self.percentile = percentile
            self.evidence = evidence
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(mood, forKey: .mood)
            try container.encode(strength, forKey: .strength)
            try container.encode(percentile, forKey: .percentile)
            try container.encode(evidence, forKey: .evidence)
        }
    }

    public struct EmotionStrength: Sendable, Codable, Hashable {
        public var emotion: Emotion
        /// 0...1
        public var strength: Double
        /// The share of the catalogue's books, 0...1, that show less of it.
        public var percentile: Double

        public init(emotion: Emotion, strength: Double, percentile: Double) {
            self.emotion = emotion
            self.strength = strength
            self.percentile = percentile
        }
    }

    public struct NoteEvidence: Sendable, Codable, Hashable {
        public var note: ContentNote
        /// The probability that a careful reader would note it, 0...1.
        public var probability: Double
        public var evidence: String?

        public init(note: ContentNote, probability: Double, evidence: String?) {
            self.note = note
            self.probability = probability
            self.evidence = evidence
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(note, forKey: .note)
            try container.encode(probability, forKey: .probability)
            try container.encode(evidence, forKey: .evidence)
        }
    }

    // Every key is there always, unknown values as null.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isFiction, forKey: .isFiction)
        try container.encode(genres, forKey: .genres)
        try container.encode(moods, forKey: .moods)
        try container.encode(emotions, forKey: .emotions)
        try container.encode(pace, forKey: .pace)
        try container.encode(length, forKey: .length)
        try container.encode(contentNotes, forKey: .contentNotes)
    }
}
