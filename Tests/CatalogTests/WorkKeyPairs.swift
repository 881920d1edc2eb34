import Catalog
import Foundation
import Testing

/// Two editions and whether a person who knows the books calls them one work.
struct WorkPair {
    enum Verdict: String {
        case yes, no
        /// Two works whose editions print the same title and author: nothing in them tells the works apart.
        case untold
    }

    var first: WorkKey?
    var second: WorkKey?
    var verdict: Verdict
    /// For the list of errors.
    var text: String

    var isJoined: Bool { first != nil && first == second }
}

/// How many of the joined are one work, and how many of one work are joined.
struct JoinCount {
    var right = 0
    var wrong: [String] = []
    var missed: [String] = []
    var untold: [String] = []

    init(_ pairs: [WorkPair]) {
        for pair in pairs {
            switch (pair.verdict, pair.isJoined) {
            case (.yes, true): right += 1
            case (.yes, false): missed.append(pair.text)
            case (.no, true): wrong.append(pair.text)
            case (.untold, true): untold.append(pair.text)
            case (.no, false), (.untold, false): break
            }
        }
    }

    var precision: Double { Double(right) / Double(max(1, right + wrong.count)) }
    var precisionWithUntold: Double { Double(right) / Double(max(1, right + wrong.count + untold.count)) }
    var recall: Double { Double(right) / Double(max(1, right + missed.count)) }
}

/// Just enough of CSV for the files of these tests: commas, quotes, no line ends within fields.
enum PairsFile {
    /// The rows by the names in the first line.
    static func rows(of file: URL) throws -> [[String: String]] {
        var lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map(fields)
        guard !lines.isEmpty else { return [] }
        let names = lines.removeFirst()
        return lines.map { Dictionary(zip(names, $0), uniquingKeysWith: { first, _ in first }) }
    }

    /// In `Tests/CatalogTests/Pairs`.
    static func own(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Pairs").appending(path: name)
    }

    private static func fields(_ line: Substring) -> [String] {
        var fields: [[UInt8]] = [[]]
        var isQuoted = false
        var wasQuote = false
        for byte in line.utf8 {
            if byte == UInt8(ascii: "\"") {
                // Doubled within quotes it is one of the field.
                if !isQuoted, wasQuote { fields[fields.count - 1].append(byte) }
                isQuoted.toggle()
                wasQuote = true
            } else {
                if byte == UInt8(ascii: ","), !isQuoted {
                    fields.append([])
                } else {
                    fields[fields.count - 1].append(byte)
                }
                wasQuote = false
            }
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// 1,298 pairs judged by hand: a third of the crosswalk drawn at random and all of it that is no pair, the joins that
/// the key makes between differing writings in the two shared catalogues, near titles of one author that it leaves
/// apart, and pairs made up for a rule. Titles and authors are facts, the verdicts are ours. Since the rules were found
/// on the same catalogues, this says what they do there; elsewhere expect somewhat less.
@Suite("Work key on judged pairs")
struct WorkKeyPairsTests {
    private func pairs() throws -> [WorkPair] {
        try PairsFile.rows(of: PairsFile.own("work_pairs.csv")).map { row in
            func key(_ side: String) -> WorkKey? {
                WorkKey(
                    title: row["title_\(side)"] ?? "", subtitle: row["subtitle_\(side)"],
                    authors: (row["authors_\(side)"] ?? "").split(separator: ";").map(String.init))
            }
            let text = ["title_a", "subtitle_a", "title_b", "subtitle_b", "note"].compactMap { row[$0] }
            let verdict = try #require(row["same"].flatMap(WorkPair.Verdict.init), "\(text)")
            return WorkPair(
                first: key("a"), second: key("b"), verdict: verdict, text: text.joined(separator: " | "))
        }
    }

    @Test func precisionAndRecall() throws {
        let pairs = try pairs()
        #expect(pairs.count == 1_298)
        #expect(pairs.count { $0.verdict == .no } == 498)
        #expect(pairs.count { $0.verdict == .untold } == 9)
        let count = JoinCount(pairs)
        #expect(count.precision >= 0.99, "\(count.wrong)")
        #expect(count.recall >= 0.95, "\(count.missed)")
        // What no title tells is wrong all the same, and must not become more.
        #expect(count.untold.count <= 9, "\(count.untold)")
    }
}
