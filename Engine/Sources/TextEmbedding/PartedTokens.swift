/// The tokens of a text, and which of them become a vector together.
struct PartedTokens: Sendable {
    /// As the model reads them, [CLS] and [SEP] included.
    var tokens: [Int32]
    /// The whole text first, then its parts.
    var pools: [Range<Int>]

    /// A text without parts.
    init(whole tokens: [Int32]) {
        self.tokens = tokens
        pools = [0..<tokens.count]
    }

    /// A text of parts, each with [CLS] and [SEP] around it, which the text
    /// has only once. Cut at `maximumTokens`: what lies beyond is no part.
    init(parts: [[Int32]], maximumTokens: Int) {
        // At least [CLS] and [SEP] in each, and at least one of them.
        tokens = [parts[0][0]]
        pools = [0..<0]
        for part in parts {
            let words = part.dropFirst().dropLast().prefix(maximumTokens - 1 - tokens.count)
            pools.append(tokens.count..<tokens.count + words.count)
            tokens += words
        }
        tokens.append(parts[0][parts[0].count - 1])
        pools[0] = 0..<tokens.count
    }
}
