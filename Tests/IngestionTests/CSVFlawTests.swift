import Ingestion
import Testing

@Suite("Flaws of CSV records")
struct CSVFlawTests {
    private func records(_ bytes: some Collection<UInt8>) -> [CSVRecord] {
        let bytes = Array(bytes)
        let whole = CSVRecord.all(in: bytes)
        for size in [1, 2, 3, 7] { #expect(CSVRecord.all(in: bytes, pieceSize: size) == whole) }
        return whole
    }

    @Test func aQuoteThatIsNeverClosed() {
        let found = records("a,b\nc,\"d\ne,f\n".utf8)
        #expect(found.map(\.flaw) == [nil, .unclosedQuote])
        #expect(found.map(\.line) == [1, 2])
        #expect(found[1].text == "c,\"d\ne,f")
    }

    @Test(arguments: ["\"a\"b,c", "\"a\" ,c", "\"a\"b\"c\",d", "\"a\"\rb,c", "\"a\"\r\"b\",c", "\"a\"\r,c"])
    func textAfterAClosingQuote(line: String) {
        let found = records("x,y\n\(line)\n\"z\",z\r\n".utf8)
        #expect(found.map(\.flaw) == [nil, .textAfterQuote, nil])
        #expect(found.map(\.line) == [1, 2, 3])
        #expect(found[1].text == line)
        #expect(found[1].fields.count == 2)
        #expect(found[2].fields == ["z", "z"])
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x8C], [0xC0, 0xAF], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func bytesThatAreNoUTF8(bad: [UInt8]) {
        let found = records(Array("é,b\nc,🌊".utf8) + bad + Array("x,e\nf,🌊\n".utf8))
        #expect(found.map(\.flaw) == [nil, .notUTF8(field: 1), nil])
        #expect(found[1].fields.first == "c")
        #expect(found[1].fields.last == "e")
        #expect(found[1].fields[1].hasPrefix("🌊\u{FFFD}"))
        #expect(found[1].text.contains("\u{FFFD}"))
        #expect(found[2].fields == ["f", "🌊"])
    }

    /// A letter that a field's end cuts in two is not UTF-8, though the bytes together would be.
    @Test func aLetterThatAFieldEndCuts() {
        let found = records([0x61, 0xC3, 0x2C, 0xA9, 0x0A])
        #expect(found.map(\.flaw) == [.notUTF8(field: 0)])
        #expect(found[0].fields == ["a\u{FFFD}", "\u{FFFD}"])
    }

    @Test func aNULByte() {
        let found = records(Array("a,b\nc,\"d\u{0}\"\ne,f\n".utf8))
        #expect(found.map(\.flaw) == [nil, .nulByte(field: 1), nil])
        #expect(found[1].fields == ["c", "d\u{0}"])
    }

    @Test func theFirstFlawIsTold() {
        #expect(records(Array("a\u{0},".utf8) + [0xFF, 0x0A]).map(\.flaw) == [.nulByte(field: 0)])
        #expect(records(Array("\"a\"b\u{0},".utf8) + [0xFF, 0x0A]).map(\.flaw) == [.textAfterQuote])
    }

    @Test(arguments: [CSVParser.longestRecord, CSVParser.longestRecord + 1])
    func theLongestRecordIsTaken(length: Int) {
        // Its line end counts.
        let found = CSVRecord.all(in: [UInt8](repeating: 0x61, count: length - 1) + Array("\nb,c\n".utf8))
        #expect(found.map(\.flaw) == [length > CSVParser.longestRecord ? .tooLong : nil, nil])
        #expect(found[1].fields == ["b", "c"])
        #expect(found[1].line == 2)
    }

    @Test(arguments: ["", "\""])
    func afterARecordThatIsTooLongTheNextIsRead(quote: String) {
        let long = String(repeating: quote.isEmpty ? "words," : "words\n", count: 1_000_000)
        let bytes = Array("h,i\n\(quote)\(long)\(quote)\n1,2\n\"3\",4".utf8)
        for size in [7, 256 << 10] {
            let found = CSVRecord.all(in: bytes, pieceSize: size)
            #expect(found.map(\.flaw) == [nil, .tooLong, nil, nil])
            #expect(found.map(\.line) == [1, 2] + (quote.isEmpty ? [3, 4] : [1_000_003, 1_000_004]))
            #expect(found[1].fields.isEmpty)
            #expect(found[1].text.utf8.elementsEqual(bytes[4..<4 + CSVParser.longestExcerpt]))
            #expect(found[2...].map(\.fields) == [["1", "2"], ["3", "4"]])
        }
    }

    @Test func aRecordThatIsTooLongMayBeTheLast() {
        let long = [UInt8](repeating: 0x61, count: CSVParser.longestRecord + 1)
        #expect(CSVRecord.all(in: long).map(\.flaw) == [.tooLong])
        #expect(CSVRecord.all(in: [0x22] + long).map(\.flaw) == [.tooLong])
    }

    /// The parser's own arrays are looked at: what the whole process takes depends on the tests beside this one.
    @Test(arguments: [UInt8(ascii: "a"), UInt8(ascii: ","), UInt8(ascii: "\"")])
    func aFileWithoutLineEndsTakesLittleMemory(byte: UInt8) {
        var parser = CSVParser()
        let piece = [UInt8](repeating: byte, count: 1 << 20)
        for _ in 0..<12 { parser.feed(piece) { _ in Issue.record("There was no line end.") } }
        let parts = Mirror(reflecting: parser).children.map(\.value)
        // An empty array of one type casts to one of any other.
        let bytes = parts.filter { type(of: $0) == [UInt8].self }.compactMap { $0 as? [UInt8] }
        #expect(bytes.count == 2)
        #expect(bytes.reduce(0) { $0 + $1.count } <= CSVParser.longestRecord)
        #expect(bytes.allSatisfy { $0.capacity <= 2 * CSVParser.longestRecord })
        #expect(parts.filter { type(of: $0) == [Int].self }.compactMap { ($0 as? [Int])?.count } == [0])

        var found: [CSVRecord] = []
        parser.finish { found.append($0) }
        #expect(found.map(\.flaw) == [.tooLong])
        #expect(found[0].text.utf8.count == CSVParser.longestExcerpt)
    }
}
