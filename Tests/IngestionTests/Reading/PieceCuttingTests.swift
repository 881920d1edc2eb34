import EngineTestSupport
import Evaluation
import Testing

@testable import Ingestion

/// How the bytes come in pieces must make no difference, and no bytes may stop the program.
@Suite("Any way of cutting the bytes")
struct PieceCuttingTests {
    private static let dialects: [Dialect] = [
        .csv, .delimited(delimiter: .semicolon, quoting: .backslash), .delimited(delimiter: .tab, quoting: .doubled),
        .jsonLines, .openLibraryDump,
    ]
    private static let words: [[UInt8]] =
        [
            "a", "é", "🌊", "12345678", "a longer value", ",", ";", "\t", "\"", "\"\"", "\\", "\\\"", "\n", "\r", "\r\n",
            "\u{FEFF}", "\u{0}", "{", "}", "[", "]", ":", "{\"a\":1}", "{\"b\":{\"c\":[1,\"\\u00e9\"]}}", "\"x\":",
            "null",
            "-1.5e3", "/type/a\tk\t1\td\t{\"z\":2}", "\\ud83d", " ",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x82], [0xD8, 0x3D], [0xFE, 0xFF]]

    /// The same bytes cut at random places, some pieces empty.
    private static func cut(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [[UInt8]] {
        var rest = bytes[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let size = Int.random(in: 0...9, using: &random)
            pieces.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return pieces
    }

    private static func reading(
        _ pieces: [[UInt8]], _ dialect: Dialect, _ encoding: TextEncoding
    ) -> Result<Reading, IngestionError> {
        Result { () throws(IngestionError) in
            var reader = try RecordReader(
                part: SourcePart(name: "t", pieces: pieces), dialect: dialect, encoding: encoding)
            var reading = try Reading([UInt8](), as: .jsonLines)
            while let record = try reader.next() { reading.records.append(record) }
            reading.header = reader.header
            return reading
        }
    }

    @Test(arguments: dialects, TextEncoding.allCases)
    func givesTheSameRecords(dialect: Dialect, encoding: TextEncoding) {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<250 {
            let count = Int.random(in: 1...40, using: &random)
            let bytes = (0..<count).flatMap { _ in Self.words.randomElement(using: &random) ?? [] }
            let whole = Self.reading([bytes], dialect, encoding)
            for pieces in [bytes.map { [$0] }, Self.cut(bytes, &random)] {
                #expect(Self.reading(pieces, dialect, encoding) == whole, "\(bytes)")
            }
        }
    }

    @Test func givesTheSameSurvey() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).flatMap { _ in Self.words.randomElement(using: &random) ?? [] }
            let whole = Self.survey([bytes])
            for pieces in [bytes.map { [$0] }, Self.cut(bytes, &random)] {
                #expect(Self.survey(pieces) == whole, "\(bytes)")
            }
        }
    }

    /// Beyond the first 64 KiB, where the dialect is told from.
    @Test(arguments: [1_000, 65_535, 65_536, 65_537, 300_000])
    func givesTheSameSurveyOfALongText(pieceSize: Int) {
        let text =
            "a;b\n" + String(repeating: "1;\"two \"\"words\"\" é\"\n", count: 20_000) + "3;\"\\\"four\\\" \\\" five\"\n"
        let whole = Self.survey([Array(text.utf8)])
        #expect(Self.survey(Array(text.utf8).cut(into: pieceSize)) == whole)
        #expect((try? whole.get())?.dialect == .delimited(delimiter: .semicolon, quoting: .backslash))
    }

    @Test func aPieceMayEndAnywhereInTheLineThatTellsTheQuoting() {
        let text = Array(
            ("a;b\n" + String(repeating: "1;\"two\"\n", count: 9_000) + "3;\"\\\"four\\\" five\"\n5;6\n").utf8)
        for end in (text.count - 40)..<text.count {
            let survey = Self.survey([Array(text[..<end]), Array(text[end...])])
            #expect((try? survey.get())?.dialect == .delimited(delimiter: .semicolon, quoting: .backslash))
        }
    }

    /// Every record stands somewhere in the bytes, and no line that is not blank is in none of them.
    @Test func nothingIsLost() throws {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let count = Int.random(in: 1...30, using: &random)
            let words = ["a", "b c", ",", "\"", "\"\"", "\n", "\r\n", "\r"]
            let text = "h,i\n" + (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            let records = try Reading(text).records
            let lost = Self.lines(text.dropFirst(4)) != records.flatMap { Self.lines($0.text) }
            #expect(!lost, "\(text.debugDescription)")
        }
    }

    private static func lines(_ text: some StringProtocol) -> [String] {
        text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String(String.UnicodeScalarView($0)) }
    }

    private static func survey(_ pieces: [[UInt8]]) -> Result<SourceSurvey, IngestionError> {
        Result { () throws(IngestionError) in try SourceSurvey(of: SourcePart(name: "t", pieces: pieces)) }
    }
}
