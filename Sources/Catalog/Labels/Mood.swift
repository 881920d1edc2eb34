/// What a book feels like to a reader: each by degrees, several at once.
public enum Mood: String, Sendable, Codable, CaseIterable {
    case hopeful, funny, sad, dark, tense, scary, romantic, cosy, adventurous, reflective, mysterious, inspiring
    case informative
}
