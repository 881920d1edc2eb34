import Catalog
import Testing

/// Libraries join their editions anew when `WorkKey.rules` changes, and only then: who changes a key must raise it.
@Suite("The number of the rules of keys")
struct WorkKeyRulesTests {
    /// A hash (FNV-1a) of the keys of all pairs, by the number of the rules that made them.
    private static let known = [1: "b45ab6d5b8c04300"]

    @Test func changesWithTheKeys() throws {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for row in try PairsFile.rows(of: PairsFile.own("work_pairs.csv")) {
            for side in ["a", "b"] {
                let key = WorkKey(
                    title: row["title_\(side)"] ?? "", subtitle: row["subtitle_\(side)"],
                    authors: (row["authors_\(side)"] ?? "").split(separator: ";").map(String.init))
                for byte in "\(key?.description ?? "-")\n".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            }
        }
        #expect(
            Self.known[WorkKey.rules] == String(hash, radix: 16),
            "keys are others than before: raise WorkKey.rules and note the new hash beside it")
    }
}
