/// A held-out reader's items: those that a recommender is told, and those that it should find.
public struct ItemSplit: Sendable, Hashable {
    /// Item numbers, rising, each once.
    public let known: [Int]
    /// Likewise.
    public let hidden: [Int]

    init(known: some Sequence<Int>, hidden: some Sequence<Int>) {
        self.known = known.sorted()
        self.hidden = hidden.sorted()
    }

    /// Hides the item that the reader came to last, as time is in life. Nil for fewer than two items, or when no item has a
    /// day.
    ///
    /// Of an item that comes again the first day counts: who reads a book again needs no recommendation. Items without a
    /// day count as earlier than all others; of several on the last day the one with the highest number is hidden.
    /// O(n log n).
    ///
    /// - Parameter items: each with the number of a day, from wherever days are counted.
    public static func leavingLastOut(_ items: [(item: Int, day: Int?)]) -> ItemSplit? {
        let days = Dictionary(items.map { ($0.item, $0.day) }) { known, other in
            guard let known, let other else { return known ?? other }
            return min(known, other)
        }
        guard days.count > 1 else { return nil }
        let dated = days.compactMap { item, day in day.map { (day: $0, item: item) } }
        guard let last = dated.max(by: { ($0.day, $0.item) < ($1.day, $1.item) }) else { return nil }
        return ItemSplit(known: days.keys.filter { $0 != last.item }, hidden: [last.item])
    }
}
