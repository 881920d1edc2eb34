/// What a reader thinks of books and wants of them, as far as they have said: what is left when all their events are read in
/// order, without those that were taken back.
public struct ReaderTaste: Sendable, Equatable {
    /// What a reader thinks of a work.
    public enum Verdict: Sendable, Hashable {
        case rated(Double)
        case liked, disliked
        /// Does not want to see it.
        case dismissed
    }

    /// Where a work stands with a reader.
    public enum Shelf: String, Sendable, Hashable {
        case toRead = "to-read"
        case read
    }

    /// All that a reader has said of one work. Of each kind the last word counts.
    public struct Standing: Sendable, Hashable {
        public var verdict: Verdict?
        public var shelf: Shelf?
        /// When the reader last said something of it, in milliseconds since 1970.
        public var at: Int64

        init(at: Int64) {
            self.at = at
        }

        /// Whether nothing is left of what was said.
        var isEmpty: Bool { verdict == nil && shelf == nil }

        public var stars: Double? {
            if case .rated(let stars) = verdict { stars } else { nil }
        }
    }

    /// By work; only works of which something was said.
    public private(set) var standings: [WorkID: Standing] = [:]

    public init() {}

    /// Reads events that come in any order. Those of one moment are read in the order in which they are given.
    /// O(n log n).
    public init(_ events: some Sequence<FeedbackEvent>) {
        for event in events.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }) {
            add(event.element)
        }
    }

    /// Reads one more event, which is not before those that were read. O(1).
    public mutating func add(_ event: FeedbackEvent) {
        guard event.undoneAt == nil, event.kind.isSaid else { return }
        var standing = standings[event.work] ?? Standing(at: event.at)
        standing.at = event.at
        switch event.kind {
        case .rating:
            // Who rates a book has read it; and it is no longer to be hidden.
            standing.verdict = event.value.map { .rated($0) }
            standing.shelf = .read
        case .like: standing.verdict = .liked
        case .dislike:
            standing.verdict = .disliked
            if standing.shelf == .toRead { standing.shelf = nil }
        case .notInterested:
            standing.verdict = .dismissed
            if standing.shelf == .toRead { standing.shelf = nil }
        case .toRead:
            if standing.verdict == .dismissed { standing.verdict = nil }
            standing.shelf = .toRead
        case .read: standing.shelf = .read
        case .click, .impression: break
        }
        standings[event.work] = standing.isEmpty ? nil : standing
    }
}

extension ReaderTaste {
    public var isEmpty: Bool { standings.isEmpty }

    /// The stars of the works whose last verdict is a rating. O(n), as all below.
    public var ratings: [WorkID: Double] { standings.compactMapValues(\.stars) }
    public var liked: Set<WorkID> { works { $0.verdict == .liked } }
    public var disliked: Set<WorkID> { works { $0.verdict == .disliked } }
    /// Works that the reader does not want to see.
    public var dismissed: Set<WorkID> { works { $0.verdict == .dismissed } }
    public var wantToRead: Set<WorkID> { works { $0.shelf == .toRead } }
    /// Works that the reader has read, rated ones among them.
    public var read: Set<WorkID> { works { $0.shelf == .read } }

    /// Works that were liked, or given at least so many stars.
    public func likes(atLeast stars: Double) -> Set<WorkID> {
        works { $0.verdict == .liked || $0.stars.map { $0 >= stars } ?? false }
    }

    /// Works that were disliked, or given at most so many stars.
    public func dislikes(atMost stars: Double) -> Set<WorkID> {
        works { $0.verdict == .disliked || $0.stars.map { $0 <= stars } ?? false }
    }

    private func works(_ isWanted: (Standing) -> Bool) -> Set<WorkID> {
        var works: Set<WorkID> = []
        for (work, standing) in standings where isWanted(standing) { works.insert(work) }
        return works
    }
}
