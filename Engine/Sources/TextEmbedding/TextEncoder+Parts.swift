internal import Synchronization
internal import Tokenization

/// The vectors of texts and of their parts.
public struct PartVectors: Sendable {
    /// [texts, dimension].
    public var wholes: [Float]
    /// [parts of all texts, dimension], in the order of the texts.
    public var parts: [Float]
}

extension TextEncoder {
    /// The vectors of texts that are given in parts, such as sentences, and of
    /// the parts, all from one reading of each text: every token is read in
    /// the light of the whole text, and a part's vector is the mean of its own
    /// tokens, scaled to unit length. Günther et al., "Late chunking", 2024.
    ///
    /// The vector of a text is, bit by bit, that of its parts with spaces
    /// between them, and costs no more. Zeros for a part without a token and
    /// for one beyond `maximumTokens`, where a text is cut. Threads and
    /// progress as in `embed(_:threads:onProgress:)`.
    public func embed(
        parts texts: [[String]], threads: Int = TextEncoder.activeCores,
        onProgress: (@Sendable (Int) -> Void)? = nil
    ) -> PartVectors {
        let dimension = dimension
        let offsets = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        let finished = Mutex(0)
        var parts = [Float](repeating: 0, count: offsets[texts.count] * dimension)
        var wholes = [Float](repeating: 0, count: texts.count * dimension)
        unsafe parts.withUnsafeMutableBufferPointer { parts in
            unsafe wholes.withUnsafeMutableBufferPointer { wholes in
                guard let firstWhole = wholes.baseAddress else { return }
                // Each row is written by exactly one thread, and all threads
                // end before this closure does. Without parts, none is.
                nonisolated(unsafe) let wholeRows = unsafe firstWhole
                nonisolated(unsafe) let partRows = unsafe parts.baseAddress ?? firstWhole
                for start in stride(from: 0, to: texts.count, by: Self.windowSize) {
                    let window = start..<min(start + Self.windowSize, texts.count)
                    let tokens = texts[window].map { text in
                        PartedTokens(
                            parts: (text.isEmpty ? [""] : text).map {
                                tokenizer.encode($0, maximumTokens: maximumTokens)
                            }, maximumTokens: maximumTokens)
                    }
                    unsafe embed(tokens, threads: threads) { text, pool, vector in
                        // A text without parts was read as the empty one.
                        guard pool <= texts[start + text].count else { return }
                        let row =
                            unsafe pool == 0
                            ? wholeRows + (start + text) * dimension
                            : partRows + (offsets[start + text] + pool - 1) * dimension
                        unsafe row.update(from: vector, count: dimension)
                    } onFinish: { count in
                        finished.withLock { total in
                            total += count
                            onProgress?(total)
                        }
                    }
                }
            }
        }
        return PartVectors(wholes: wholes, parts: parts)
    }
}
