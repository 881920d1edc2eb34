/// How a source counts its stars.
public struct RatingScale: Sendable, Hashable, Codable {
    /// The best rating.
    public var max: Double

    public init(max: Double) {
        self.max = max
    }

    public static let five = RatingScale(max: 5)
    public static let ten = RatingScale(max: 10)
    public static let hundred = RatingScale(max: 100)
}
