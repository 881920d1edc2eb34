/// How fast a story moves.
public enum Pace: String, Sendable, Codable, CaseIterable {
    case slow, medium, fast
}
