/// What a user did with an item, as a number.
public struct Signal: Sendable, Hashable {
    public let item: Int
    /// How strongly the user likes the item; below 0 how strongly they do not.
    public let value: Float

    public init(item: Int, value: Float = 1) {
        self.item = item
        self.value = value
    }
}
