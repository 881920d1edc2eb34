internal import Synchronization

extension SequenceClassifier {
    /// The logits of `texts`, row-major [texts.count, labels.count]; each row
    /// equals the `logits` of that text alone, bit by bit.
    ///
    /// Works on at most `threads` threads of which the calling one is one,
    /// and blocks it until all is done. `onProgress` hears the number of
    /// finished texts now and then, one call at a time, rising up to
    /// `texts.count`, on any of these threads; it must not wait for this
    /// function. O(total tokens).
    public func logits(
        of texts: [String], threads: Int = TextEncoder.activeCores, onProgress: (@Sendable (Int) -> Void)? = nil
    ) -> [Float] {
        var logits: [Float] = []
        logits.reserveCapacity(texts.count * labels.count)
        let finished = Mutex(0)
        // In windows, so that the tokens of a large library need not be in
        // memory all at once.
        for start in stride(from: 0, to: texts.count, by: Self.windowSize) {
            let window = texts[start..<min(start + Self.windowSize, texts.count)]
            let rows = rows(of: window, threads: threads) { count in
                finished.withLock { total in
                    total += count
                    onProgress?(total)
                }
            }
            for row in rows { logits += row }
        }
        return logits
    }

    /// The probabilities of `texts`, row-major [texts.count, labels.count];
    /// each row equals the `probabilities` of that text alone. As `logits` in
    /// all else.
    public func probabilities(
        of texts: [String], threads: Int = TextEncoder.activeCores, onProgress: (@Sendable (Int) -> Void)? = nil
    ) -> [Float] {
        let logits = logits(of: texts, threads: threads, onProgress: onProgress)
        return stride(from: 0, to: logits.count, by: labels.count).flatMap { start in
            probabilities(logits: Array(logits[start..<start + labels.count]))
        }
    }

    private static var windowSize: Int { 4096 }

    /// The logits of each of `texts`, from `threads` threads.
    private func rows(
        of texts: ArraySlice<String>, threads: Int, onFinish: @Sendable (Int) -> Void
    ) -> [[Float]] {
        let tokens = texts.map { tokenizer.encode($0, maximumTokens: maximumTokens) }
        let rows = Mutex([[Float]](repeating: [], count: texts.count))
        let queue = EncoderBatchQueue(tokens.map(\.count), threads: threads)
        queue.empty(threads: threads) {
            withPass(capacity: queue.capacity) { pass in
                while let batch = queue.next() {
                    run(batch.map { tokens[$0] }, through: pass) { place, logits in
                        rows.withLock { $0[batch[place]] = logits }
                    }
                    onFinish(batch.count)
                }
            }
        }
        return rows.withLock { $0 }
    }
}
