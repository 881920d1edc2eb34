import Ingestion
import Testing

@Suite("CSV parser")
struct CSVParserTests {
    private let pieceSizes = [1, 2, 3, 5, Int.max]

    private func records(_ text: String) -> [CSVRecord] { CSVRecord.all(in: text.utf8) }

    /// Parses in pieces of several sizes, all of which must give the same.
    private func records(_ bytes: [UInt8]) -> [CSVRecord] {
        let whole = CSVRecord.all(in: bytes)
        for size in pieceSizes { #expect(CSVRecord.all(in: bytes, pieceSize: size) == whole) }
        return whole
    }

    @Test func anEmptyFileHasNoRecords() {
        #expect(records("").isEmpty)
        #expect(records("\n\r\n\n").isEmpty)
        #expect(records("\u{FEFF}").isEmpty)
        #expect(records("\u{FEFF}\r\n").isEmpty)
    }

    @Test func aByteOrderMarkIsPassedOver() {
        let found = records(Array("\u{FEFF}\"a,\",b\n\u{FEFF}c,d".utf8))
        #expect(found.map(\.fields) == [["a,", "b"], ["\u{FEFF}c", "d"]])
        #expect(found.map(\.text) == ["\"a,\",b", "\u{FEFF}c,d"])
        #expect(found.allSatisfy { $0.flaw == nil })
    }

    @Test func aByteOrderMarkInsideIsText() {
        let found = records(Array(",\u{FEFF}a\n".utf8))
        #expect(found.map(\.fields) == [["", "\u{FEFF}a"]])
        #expect(found.map(\.text) == [",\u{FEFF}a"])
        #expect(records("\"\u{FEFF}a\"").map(\.fields) == [["\u{FEFF}a"]])
    }

    @Test func aBeginningThatIsLikeAMarkIsText() {
        // The first two bytes of a mark, then another third.
        #expect(records(Array("\u{FEFE}a".utf8)).map(\.fields) == [["\u{FEFE}a"]])
    }

    @Test func blankLinesArePassedOverAndCounted() {
        let found = records(Array("\n\r\na\n\n\r\n\"\"\n \n,\n".utf8))
        #expect(found.map(\.fields) == [["a"], [""], [" "], ["", ""]])
        #expect(found.map(\.line) == [3, 6, 7, 8])
    }

    @Test(arguments: ["a,b", "a,b\n", "a,b\r\n", "a,b\r", "\"a\",\"b\"", "\"a\",\"b\"\r\n", "\"a\",\"b\"\r"])
    func theLastLineNeedsNoEnd(text: String) {
        let found = records(Array(text.utf8))
        #expect(found.map(\.fields) == [["a", "b"]])
        #expect(found.map(\.flaw) == [nil])
    }

    @Test(arguments: ["\n", "\r\n"])
    func bothLineEndsAreTaken(end: String) {
        let text = ["a,b", "\"c\",", ",\"d\"", "e,"].joined(separator: end)
        let found = records(Array(text.utf8))
        #expect(found.map(\.fields) == [["a", "b"], ["c", ""], ["", "d"], ["e", ""]])
        #expect(found.map(\.text) == ["a,b", "\"c\",", ",\"d\"", "e,"])
        #expect(found.map(\.line) == [1, 2, 3, 4])
    }

    @Test(arguments: ["\n", "\r\n"])
    func embeddedLineEndsCountAsLines(end: String) {
        let text = "h\(end)\"a\(end)b\(end)\(end)c\"\(end)d\(end)\"\(end)\"\(end)e"
        let found = records(Array(text.utf8))
        #expect(found.map(\.line) == [1, 2, 6, 7, 9])
        #expect(found[1].fields == ["a\(end)b\(end)\(end)c"])
        #expect(found[1].text == "\"a\(end)b\(end)\(end)c\"")
    }

    @Test func aLoneCarriageReturnIsText() {
        #expect(records(Array("a\rb,c\r,d\r\n".utf8)).map(\.fields) == [["a\rb", "c\r", "d"]])
    }

    @Test func aQuoteInsideAnUnquotedFieldIsText() {
        let found = records(Array("5\" pipe,a\"b\"c\nd".utf8))
        #expect(found.map(\.fields) == [["5\" pipe", "a\"b\"c"], ["d"]])
        #expect(found.allSatisfy { $0.flaw == nil })
    }

    @Test func anErrorOfTheReceiverEndsTheReading() {
        struct Enough: Error {}
        var parser = CSVParser()
        var seen = 0
        #expect(throws: Enough.self) {
            try parser.feed(Array("a\nb\nc\n".utf8)) { _ in
                seen += 1
                throw Enough()
            }
        }
        #expect(seen == 1)
    }
}
