/// Fisher's randomisation test for pairs: were it the same which system is which, each difference could as well have the
/// other sign. How often is the mean then as far from 0 as it is?
///
/// Smucker, Allan and Carterette, "A comparison of statistical significance tests for information retrieval evaluation",
/// 2007.
public enum SignFlipTest {
    /// The two-sided p-value of the mean of differences, above 0 and at most 1; 1 without any.
    ///
    /// All combinations of signs are tried if they are no more than `samples`, which makes it exact; else so many are
    /// drawn, and what was seen counts as one of them (Phipson and Smyth, 2010), so that p is never 0.
    /// O(samples * differences).
    public static func p(of differences: [Double], samples: Int = 10_000, seed: UInt64 = 1) -> Double {
        precondition(samples > 0, "\(samples) samples")
        // A difference of 0 is the same with either sign.
        let differences = differences.filter { $0 != 0 }
        let size = differences.reduce(0) { $0 + abs($1) }
        // Sums of the same numbers in another order of signs differ by rounding alone; those are as far.
        let threshold = abs(differences.reduce(0, +)) - 1e-12 * size
        let isExact = differences.count < Int.bitWidth - 2 && 1 << differences.count <= samples
        let tried = isExact ? 1 << differences.count : samples
        var random = SeededGenerator(seed: seed)
        var asFar = isExact ? 0 : 1
        for combination in 0..<tried {
            var sum = 0.0
            var signs = UInt64(combination)
            for (place, difference) in differences.enumerated() {
                if !isExact, place % 64 == 0 { signs = random.next() }
                sum += signs & 1 == 0 ? difference : -difference
                signs >>= 1
            }
            if abs(sum) >= threshold { asFar += 1 }
        }
        return Double(asFar) / Double(isExact ? tried : tried + 1)
    }
}
