/// How many typing errors lie between two words.
public enum EditDistance {
    /// The optimal string alignment distance: how many scalars at least must
    /// be inserted, deleted, replaced or swapped with their neighbour to make
    /// `second` of `first`, none of them twice. nil if it is above `limit`.
    ///
    /// For a word of up to 64 scalars, O(longer word) steps on 64 bits: Hyyrö,
    /// "A bit-vector algorithm for computing Levenshtein and Damerau edit
    /// distances", 2003. O(longer word * limit) for longer ones.
    public static func optimalStringAlignment(
        _ first: [Unicode.Scalar], _ second: [Unicode.Scalar], limit: Int
    ) -> Int? {
        guard limit >= 0 else { return nil }
        var (shorter, longer) = first.count <= second.count ? (first[...], second[...]) : (second[...], first[...])
        guard longer.count - shorter.count <= limit else { return nil }
        while let start = shorter.first, start == longer.first {
            shorter.removeFirst()
            longer.removeFirst()
        }
        while let end = shorter.last, end == longer.last {
            shorter.removeLast()
            longer.removeLast()
        }
        guard shorter.count <= 64 else { return bandedAlignment(Array(shorter), Array(longer), limit: limit) }
        let distance = shorter.isEmpty ? longer.count : bitParallelAlignment(Array(shorter), longer)
        return distance <= limit ? distance : nil
    }

    /// The same for the scalars of two strings.
    public static func optimalStringAlignment(_ first: String, _ second: String, limit: Int) -> Int? {
        optimalStringAlignment(Array(first.unicodeScalars), Array(second.unicodeScalars), limit: limit)
    }

    /// The distance by the recurrence, near its table's diagonal: for long
    /// words, and to hold the other against. O(first * limit).
    static func bandedAlignment(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], limit: Int) -> Int? {
        var band = EditBand(second.map(\.value), limit: min(limit, max(first.count, second.count)))
        for scalar in first where !band.append(scalar.value) { return nil }
        return band.distance
    }

    /// The distance between `pattern`, of 1 to 64 scalars, and `text`: a
    /// column of the table in each step, of which bits tell where it rises and
    /// falls.
    private static func bitParallelAlignment(_ pattern: [Unicode.Scalar], _ text: ArraySlice<Unicode.Scalar>) -> Int {
        var (rises, falls, diagonal, matchesBefore) = (UInt64.max, UInt64(0), UInt64(0), UInt64(0))
        var distance = pattern.count
        let last = UInt64(1) << UInt64(pattern.count - 1)
        for scalar in text {
            var matches: UInt64 = 0
            for (place, own) in pattern.enumerated() where own == scalar { matches |= 1 << UInt64(place) }
            let swaps = (~diagonal & matches) << 1 & matchesBefore
            diagonal = ((matches & rises) &+ rises) ^ rises | matches | falls | swaps
            var right = falls | ~(diagonal | rises)
            var left = diagonal & rises
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
            right = right << 1 | 1
            left <<= 1
            rises = left | ~(diagonal | right)
            falls = right & diagonal
            matchesBefore = matches
        }
        return distance
    }
}
