internal import Dispatch
internal import Synchronization
internal import Tokenization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension TextEncoder {
    /// The number of threads that `embed(_:threads:)` uses unless told
    /// otherwise: one per active core.
    public static var activeCores: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// The vectors of `texts`, row-major [texts.count, dimension]; each equals
    /// `embed` of that text, bit by bit.
    ///
    /// Works on at most `threads` threads of which the calling one is one,
    /// and blocks it until all is done. `onProgress` hears the number of
    /// finished texts now and then, one call at a time, rising up to
    /// `texts.count`, on any of these threads; it must not wait for this
    /// function. O(total tokens), about 10 ms per hundred tokens and core.
    public func embed(
        _ texts: [String], threads: Int = TextEncoder.activeCores, onProgress: (@Sendable (Int) -> Void)? = nil
    ) -> [Float] {
        guard !texts.isEmpty else { return [] }
        let dimension = dimension
        let finished = Mutex(0)
        return unsafe [Float](unsafeUninitializedCapacity: texts.count * dimension) { vectors, initialized in
            unsafe vectors.initialize(repeating: 0)
            // Each text's row is written by exactly one thread, and all
            // threads end before this closure does.
            nonisolated(unsafe) let rows = vectors.baseAddress!
            // In windows, so that the tokens of a large library need not be
            // in memory all at once.
            for start in stride(from: 0, to: texts.count, by: Self.windowSize) {
                let window = start..<min(start + Self.windowSize, texts.count)
                unsafe embed(texts[window], threads: threads) { place, vector in
                    unsafe (rows + place * dimension).update(from: vector, count: dimension)
                } onFinish: { count in
                    finished.withLock { total in
                        total += count
                        onProgress?(total)
                    }
                }
            }
            initialized = texts.count * dimension
        }
    }

    private static var windowSize: Int { 4096 }

    /// Hands the vector of each of `texts` with its index to `store`, from
    /// `threads` threads.
    private func embed(
        _ texts: ArraySlice<String>, threads: Int, store: @Sendable (Int, UnsafePointer<Float>) -> Void,
        onFinish: @Sendable (Int) -> Void
    ) {
        let tokens = texts.map { tokenizer.encode($0, maximumTokens: maximumTokens) }
        let counts = tokens.map(\.count)
        // A few short texts are better divided than together on one thread.
        let share = counts.reduce(0, +) / max(1, threads) + 1
        let batches = EncoderBatch.plan(counts, tokensPerBatch: min(Self.tokensPerBatch, share))
        let workers = max(1, min(threads, batches.count))
        let next = Atomic(0)
        let first = texts.startIndex

        @Sendable func work() {
            // The longest texts come first: no batch outgrows the first one.
            withPass(capacity: max(batches[0].tokenCount, Self.tokensPerBatch)) { pass in
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < batches.count else { return }
                    let batch = batches[index]
                    unsafe pass.run(batch.texts.map { tokens[$0] }) { place, vector in
                        unsafe store(first + batch.texts[place], vector)
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
    }

    /// Short texts share a pass until they have this many tokens together:
    /// then a weight, once fetched, is used often enough that arithmetic and
    /// no longer memory sets the pace.
    private static var tokensPerBatch: Int { 128 }
}
