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
                let tokens = texts[window].map {
                    PartedTokens(whole: tokenizer.encode($0, maximumTokens: maximumTokens))
                }
                unsafe embed(tokens, threads: threads) { text, _, vector in
                    unsafe (rows + (start + text) * dimension).update(from: vector, count: dimension)
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

    static var windowSize: Int { 4096 }

    /// Hands the vectors of each of `texts` to `store`, from `threads`
    /// threads: with the text's index and that of its pool, of which the
    /// first is the whole text.
    func embed(
        _ texts: [PartedTokens], threads: Int, store: @Sendable (Int, Int, UnsafePointer<Float>) -> Void,
        onFinish: @Sendable (Int) -> Void
    ) {
        let queue = EncoderBatchQueue(texts.map(\.tokens.count), threads: threads)
        queue.empty(threads: threads) {
            withPass(capacity: queue.capacity) { pass in
                while let batch = queue.next() {
                    let pools = batch.indices.flatMap { place in
                        texts[batch[place]].pools.enumerated().map { (place: place, number: $0, tokens: $1) }
                    }
                    unsafe pass.run(
                        batch.map { texts[$0].tokens },
                        pooling: pools.map { ForwardPass.Pool(text: $0.place, tokens: $0.tokens) }
                    ) { at, vector in
                        unsafe store(batch[pools[at].place], pools[at].number, vector)
                    }
                    onFinish(batch.count)
                }
            }
        }
    }
}
