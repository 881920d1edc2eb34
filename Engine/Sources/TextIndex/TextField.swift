/// How much the words of one field of a document count, of its title for
/// example: the field's part of BM25F.
public struct TextField: Sendable, Hashable {
    /// How many times a word counts that stands in the field once, w_f;
    /// positive.
    public let weight: Float
    /// How much less a word counts in a long field, b_f: from 0, not at all,
    /// to 1, in inverse proportion to the number of words.
    public let lengthNormalization: Float

    public init(weight: Float = 1, lengthNormalization: Float = 0.75) {
        self.weight = weight
        self.lengthNormalization = lengthNormalization
    }
}
