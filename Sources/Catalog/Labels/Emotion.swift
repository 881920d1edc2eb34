/// Ekman's basic emotions, and none of them: which one the description of a book shows.
public enum Emotion: String, Sendable, Codable, CaseIterable {
    case anger, disgust, fear, joy, sadness, surprise, neutral
}
