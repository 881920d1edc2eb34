/// How values are spread: counts in ranges that follow one another, with the figures that sum the values up.
public struct Distribution: Sendable, Hashable, Codable {
    public struct Range: Sendable, Hashable, Codable {
        /// In words: `1990–1999`, `18th century`, `under 50`.
        public var label: String
        /// The least value that counts here; nil where the range is open.
        public var from: Double?
        /// The greatest value that counts here; nil where the range is open.
        public var through: Double?
        public var count: Int
    }

    /// From the first range with a value to the last one.
    public var ranges: [Range] = []
    /// The sum of the ranges.
    public var known = 0
    /// How many have no value.
    public var unknown = 0
    public var least: Double?
    /// The lower one of two.
    public var median: Double?
    public var mean: Double?
    public var greatest: Double?

    init() {}

    /// - Parameters:
    ///   - scale: how many of the tally's units make one of the distribution's.
    ///   - ranges: one after another; a value that is in none of them is not counted.
    /// - Complexity: O(distinct values).
    init(_ tally: Tally, unknown: Int = 0, scale: Int = 1, ranges: [ValueRange]) {
        self.unknown = unknown
        let unit = Double(scale)
        var counts = ranges.map { _ in 0 }
        var place = 0
        let entries = tally.entries
        var sum = 0.0
        for (value, count) in entries {
            while place < ranges.count, ranges[place].values.upperBound < value { place += 1 }
            guard place < ranges.count, ranges[place].values.contains(value) else { continue }
            counts[place] += count
            known += count
            sum += Double(value) * Double(count)
        }
        guard known > 0 else { return }
        let first = counts.firstIndex { $0 > 0 } ?? 0
        let last = counts.lastIndex { $0 > 0 } ?? 0
        self.ranges = (first...last).compactMap { index in
            let range = ranges[index]
            guard !range.isLeftOutWhenEmpty || counts[index] > 0 else { return nil }
            return Range(
                label: range.label,
                from: range.values.lowerBound == .min ? nil : Double(range.values.lowerBound) / unit,
                through: range.values.upperBound == .max ? nil : Double(range.values.upperBound) / unit,
                count: counts[index])
        }
        least = entries.first.map { Double($0.value) / unit }
        greatest = entries.last.map { Double($0.value) / unit }
        mean = sum / (Double(known) * unit)
        median = Self.median(of: entries, count: known).map { Double($0) / unit }
    }

    private static func median(of entries: [(value: Int, count: Int)], count: Int) -> Int? {
        var passed = 0
        for (value, some) in entries {
            passed += some
            if passed * 2 >= count { return value }
        }
        return nil
    }
}

/// Values that are counted together.
struct ValueRange {
    var label: String
    var values: ClosedRange<Int>
    /// Left out of a distribution without such values, even between others.
    var isLeftOutWhenEmpty = false
}

/// How often each value came. Memory grows with the distinct values, not with what is counted.
struct Tally {
    /// Counts of the values 0..<`dense.count`.
    private var dense: [Int]
    private var others: [Int: Int] = [:]

    /// - Parameter limit: values below it are counted without hashing.
    init(limit: Int = 4_096) {
        dense = Array(repeating: 0, count: max(0, limit))
    }

    subscript(value: Int) -> Int {
        value >= 0 && value < dense.count ? dense[value] : others[value] ?? 0
    }

    mutating func add(_ value: Int, count: Int = 1) {
        if value >= 0, value < dense.count { dense[value] += count } else { others[value, default: 0] += count }
    }

    /// The values that came, the least first. O(limit + n log n).
    var entries: [(value: Int, count: Int)] {
        let sparse = others.map { (value: $0.key, count: $0.value) }.sorted { $0.value < $1.value }
        let below = dense.enumerated().compactMap { $1 > 0 ? (value: $0, count: $1) : nil }
        return sparse.prefix { $0.value < 0 } + below + sparse.drop { $0.value < 0 }
    }
}
