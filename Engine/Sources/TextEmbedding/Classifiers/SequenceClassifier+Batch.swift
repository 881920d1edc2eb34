internal import Dispatch
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
        let counts = tokens.map(\.count)
        // A few short texts are better divided than together on one thread.
        let share = counts.reduce(0, +) / max(1, threads) + 1
        let batches = EncoderBatch.plan(counts, tokensPerBatch: min(Self.tokensPerBatch, share))
        let workers = max(1, min(threads, batches.count))
        let next = Atomic(0)
        let rows = Mutex([[Float]](repeating: [], count: texts.count))

        @Sendable func work() {
            // The longest texts come first: no batch outgrows the first one.
            withPass(capacity: max(batches[0].tokenCount, Self.tokensPerBatch)) { pass in
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < batches.count else { return }
                    let batch = batches[index]
                    run(batch.texts.map { tokens[$0] }, through: pass) { place, logits in
                        rows.withLock { $0[batch.texts[place]] = logits }
                    }
                    onFinish(batch.texts.count)
                }
            }
        }
        if workers == 1 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
        }
        return rows.withLock { $0 }
    }

    /// Short texts share a pass until they have this many tokens together, as
    /// in `TextEncoder`.
    private static var tokensPerBatch: Int { 128 }
}
