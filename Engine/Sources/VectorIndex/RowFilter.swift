/// A set of rows of an index, one bit each: the rows that a search may find.
public struct RowFilter: Sendable, Hashable {
    /// The number of rows of the index.
    public let count: Int

    /// Row r is bit r % 64 of word r / 64; bits from `count` on are 0.
    @usableFromInline var words: [UInt64]

    /// A filter over `count` rows that lets none of them through. O(count).
    public init(count: Int) {
        precondition(count >= 0, "a number of rows is not negative")
        self.count = count
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// A filter over `count` rows that lets all but `excluded` through;
    /// numbers in it that are no row are ignored. O(count + excluded.count).
    public init(count: Int, excluding excluded: some Sequence<Int>) {
        self.init(count: count)
        for index in words.indices { words[index] = .max }
        if !count.isMultiple(of: 64) { words[count / 64] = 1 << UInt64(count % 64) - 1 }
        for row in excluded where (0..<count).contains(row) { remove(row) }
    }

    /// A filter over `count` rows that lets those through that `fits` holds
    /// for. O(count).
    @inlinable
    public init(count: Int, where fits: (Int) -> Bool) {
        self.init(count: count)
        for start in stride(from: 0, to: count, by: 64) {
            var word: UInt64 = 0
            for row in start..<min(start + 64, count) where fits(row) { word |= 1 &<< UInt64(row - start) }
            words[start / 64] = word
        }
    }

    /// Lets `row` through. Traps unless `0 <= row < count`. O(1).
    public mutating func insert(_ row: Int) {
        precondition((0..<count).contains(row), "row \(row) of an index of \(count) rows")
        words[row / 64] |= 1 << UInt64(row % 64)
    }

    /// Holds `row` back. Traps unless `0 <= row < count`. O(1).
    public mutating func remove(_ row: Int) {
        precondition((0..<count).contains(row), "row \(row) of an index of \(count) rows")
        words[row / 64] &= ~(1 << UInt64(row % 64))
    }

    /// Whether `row` is let through; what is no row is not. O(1).
    @inlinable
    public func contains(_ row: Int) -> Bool {
        (0..<count).contains(row) && words[row / 64] & 1 << UInt64(row % 64) != 0
    }

    /// The number of rows that are let through. O(count / 64).
    public var matching: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Hands every row that is let through to `body`, rising. O(count / 64 + matching).
    @inlinable
    public func forEach(_ body: (Int) throws -> Void) rethrows {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    /// The filter that lets those rows through that this one holds back.
    /// O(count / 64).
    public var inverted: RowFilter {
        var result = RowFilter(count: count, excluding: [])
        for index in words.indices { result.words[index] &= ~words[index] }
        return result
    }

    /// Lets only rows through that `other`, for as many rows, does as well.
    /// O(count / 64).
    public mutating func formIntersection(_ other: RowFilter) {
        precondition(count == other.count, "filters over one index")
        for index in words.indices { words[index] &= other.words[index] }
    }
}
