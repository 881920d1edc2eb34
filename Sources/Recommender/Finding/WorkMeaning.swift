/// What a work means as one vector, so that all works are compared with a query in one pass. Training makes it and answers look
/// at it, so both ask here.
public enum WorkMeaning {
    /// The share of the name beside that of the description; fitted as the weights of `Blend` were.
    static let nameShare: Float = 0.17

    /// A name that is close says less than a description that is as close.
    static let unknownDiscount: Float = 0.8

    /// The dot product of this with a query is what its closeness to the name and to the whole description make together.
    /// O(dimension).
    /// - Parameter description: zeros, or nothing, where there is none.
    public static func vector(name: [Float], description: [Float]) -> [Float] {
        guard description.contains(where: { $0 != 0 }) else { return name.map { $0 * unknownDiscount } }
        return zip(name, description).map { $0 * nameShare + $1 * (1 - nameShare) }
    }
}
