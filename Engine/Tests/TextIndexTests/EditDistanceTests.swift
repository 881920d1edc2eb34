import Evaluation
import Testing

@testable import TextIndex

@Suite("TextIndex: edit distance")
struct EditDistanceTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("the", "teh", 1), ("kitten", "sitting", 3), ("sunday", "saturday", 3),
        // Not 2: no part may be edited twice.
        ("ca", "abc", 3),
        ("zürich", "zurich", 1), ("日本語", "日語本", 1), ("e\u{301}", "é", 2), ("🙂a", "a🙂", 1),
    ])
    func knownDistances(first: String, second: String, distance: Int) {
        #expect(EditDistance.optimalStringAlignment(first, second, limit: 9) == distance)
        #expect(EditDistance.optimalStringAlignment(second, first, limit: distance) == distance)
        #expect(EditDistance.optimalStringAlignment(first, second, limit: distance - 1) == nil)
    }

    /// Bits and band must agree where words just fit in 64 bits, and both say
    /// what the whole table says.
    @Test func bitsBandAndTableAgree() {
        var random = SeededGenerator(seed: 94)
        for length in [1, 2, 5, 31, 62, 63, 64, 65, 66, 90] {
            for _ in 0..<20 {
                let first = (0..<length).map { _ in "ab".unicodeScalars.randomElement(using: &random)! }
                var second = first
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    second.swapAt(
                        Int.random(in: 0..<length, using: &random), Int.random(in: 0..<length, using: &random))
                }
                second.append(contentsOf: "ba".unicodeScalars.prefix(Int.random(in: 0...2, using: &random)))
                let wanted = table(first, second)
                #expect(EditDistance.optimalStringAlignment(first, second, limit: .max) == wanted)
                #expect(EditDistance.bandedAlignment(first, second, limit: .max) == wanted)
                #expect(EditDistance.bandedAlignment(first, second, limit: wanted) == wanted)
            }
        }
    }

    /// The recurrence, in full.
    private func table(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        var rows = [[Int]](repeating: Array(0...second.count), count: first.count + 1)
        for (i, a) in first.enumerated() {
            rows[i + 1][0] = i + 1
            for (j, b) in second.enumerated() {
                var best = min(rows[i][j] + (a == b ? 0 : 1), rows[i][j + 1] + 1, rows[i + 1][j] + 1)
                if i > 0, j > 0, a == second[j - 1], first[i - 1] == b { best = min(best, rows[i - 1][j - 1] + 1) }
                rows[i + 1][j + 1] = best
            }
        }
        return rows[first.count][second.count]
    }
}
