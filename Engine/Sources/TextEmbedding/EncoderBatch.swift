internal import Dispatch
internal import Synchronization

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

/// The batches of many texts, which threads take one after another.
final class EncoderBatchQueue: Sendable {
    private let batches: [EncoderBatch]
    private let taken = Atomic(0)

    /// Short texts share a pass until they have this many tokens together:
    /// then a weight, once fetched, is used often enough that arithmetic and
    /// no longer memory sets the pace.
    private static var tokensPerPass: Int { 128 }

    /// Divides texts with the given token counts among `threads`.
    init(_ tokenCounts: [Int], threads: Int) {
        // A few short texts are better divided than together on one thread.
        let share = tokenCounts.reduce(0, +) / max(1, threads) + 1
        batches = EncoderBatch.plan(tokenCounts, tokensPerBatch: min(Self.tokensPerPass, share))
    }

    /// The most tokens of a batch, and at least those of a full pass. The
    /// longest texts come first: no batch outgrows the first one.
    var capacity: Int { max(batches.first?.tokenCount ?? 0, Self.tokensPerPass) }

    /// The texts of the next batch, by their index; nil when all are taken.
    func next() -> [Int]? {
        let index = taken.add(1, ordering: .relaxed).oldValue
        return index < batches.count ? batches[index].texts : nil
    }

    /// Runs `work`, which takes batches until there are none, on at most
    /// `threads` threads of which the calling one is one. Returns when all
    /// have ended.
    func empty(threads: Int, _ work: @Sendable () -> Void) {
        let workers = max(1, min(threads, batches.count))
        if workers == 1 {
            work()
        } else {
            DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
        }
    }
}
