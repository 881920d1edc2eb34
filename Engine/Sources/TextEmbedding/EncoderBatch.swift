/// Texts that go through the encoder together.
struct EncoderBatch: Equatable {
    /// The texts, by their index.
    var texts: [Int]
    /// The number of their tokens in all.
    var tokenCount: Int

    /// Divides texts with the given token counts into batches of at most
    /// `tokensPerBatch` tokens (a longer text is a batch of its own).
    ///
    /// Longest first, so that the threads which take batches in this order
    /// finish at about the same time. O(n log n).
    static func plan(_ tokenCounts: [Int], tokensPerBatch: Int) -> [EncoderBatch] {
        var batches: [EncoderBatch] = []
        let longestFirst = tokenCounts.indices.sorted {
            (tokenCounts[$1], $0) < (tokenCounts[$0], $1)
        }
        for text in longestFirst {
            let count = tokenCounts[text]
            if let last = batches.indices.last, batches[last].tokenCount + count <= tokensPerBatch {
                batches[last].texts.append(text)
                batches[last].tokenCount += count
            } else {
                batches.append(EncoderBatch(texts: [text], tokenCount: count))
            }
        }
        return batches
    }
}
