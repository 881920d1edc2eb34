import Testing

@testable import Ingestion

@Suite("Records that are too long")
struct LongRecordTests {
    private let longest = RecordReader.longestRecord

    private func text(_ count: Int, of byte: UInt8 = 0x61) -> [UInt8] { [UInt8](repeating: byte, count: count) }

    @Test(arguments: ["\n", "\r\n", "\r", ""])
    func theLongestRecordIsTaken(end: String) throws {
        for (length, isTaken) in [(longest, true), (longest + 1, false), (longest + 2, false), (longest + 3, false)] {
            let bytes = Array("h\n".utf8) + text(length) + Array((end.isEmpty ? "" : "\(end)x\n").utf8)
            for size in [1 << 20, longest + 1, .max] {
                let records = try Reading(bytes, pieceSize: size).records
                #expect(records.map(\.flaw) == [isTaken ? nil : .tooLong] + (end.isEmpty ? [] : [nil]))
                #expect(records[0].text.utf8.count == (isTaken ? length : RecordReader.longestExcerpt))
                #expect(records[0].fields.map(\.utf8.count) == (isTaken ? [length] : []))
                #expect(records.dropFirst().allSatisfy { $0 == Record(line: 3, fields: ["x"], text: "x") })
            }
        }
    }

    @Test func theLongestQuotedRecordIsTaken() throws {
        for (length, flaw) in [(longest - 2, nil), (longest - 1, Record.Flaw.tooLong)] {
            let records = try Reading(Array("h\n\"".utf8) + text(length) + Array("\"\r\nx\n".utf8)).records
            #expect(records.map(\.flaw) == [flaw, nil])
            #expect(records[1].line == 3)
        }
    }

    /// The field is one line: it alone is lost, whatever its quote says.
    @Test(arguments: [Dialect.csv, .jsonLines, .openLibraryDump])
    func afterAFieldOfManyMegabytesTheNextRecordIsRead(dialect: Dialect) throws {
        let open = dialect == .csv ? "a,b\n4,\"" : "{\"a\":\""
        let last = dialect == .csv ? "1,2" : dialect == .jsonLines ? "{\"a\":1}" : "/type/a\tk\t1\td\t{}"
        let bytes = Array(open.utf8) + text(9 << 20) + Array("\"\r\n\(last)".utf8)
        for size in [200_000, .max] {
            let records = try Reading(bytes, as: dialect, pieceSize: size).records
            #expect(records.map(\.flaw) == [.tooLong, nil])
            #expect(
                records[0].fields.isEmpty && records[0].text.hasPrefix(dialect == .csv ? "4,\"aaa" : "{\"a\":\"aaa"))
            #expect(records[1].line == records[0].line + 1)
            #expect(records[1].text == last)
        }
    }

    @Test func aQuoteThatIsOpenForManyMegabytesCostsItsLineOnly() throws {
        let rows = (0..<600_000).map { "\($0),word" }
        let bytes = Array("a,b\n\"x,y\n\(rows.joined(separator: "\n"))\nlast,\"z\"\n".utf8)
        #expect(bytes.count > 5 << 20)
        for size in [300_000, .max] {
            let records = try Reading(bytes, pieceSize: size).records
            #expect(records.count == 600_002)
            #expect(records[0] == Record(line: 2, fields: ["x,y"], flaw: .unclosedQuote, text: "\"x,y"))
            #expect(records[1] == Record(line: 3, fields: ["0", "word"], text: "0,word"))
            #expect(records.dropFirst().allSatisfy { $0.flaw == nil })
            #expect(records[600_001] == Record(line: 600_003, fields: ["last", "z"], text: "last,\"z\""))
        }
    }

    @Test func theExcerptEndsWithAWholeCharacter() throws {
        for offset in 0..<4 {
            let bytes = Array("h\n".utf8) + text(offset) + Array(String(repeating: "🌊", count: 1_100_000).utf8)
            let record = try #require(try Reading(bytes).records.first)
            #expect(record.flaw == .tooLong)
            #expect(record.text.utf8.count == RecordReader.longestExcerpt - (4 - offset) % 4)
            #expect(!record.text.contains("\u{FFFD}"))
        }
    }

    /// The window is looked at: what the whole process takes depends on the tests beside this one.
    @Test func aLineWithoutEndTakesLittleMemory() throws {
        let part = SourcePart(name: "test", pieces: [Array("h\n".utf8)] + Array(repeating: text(1 << 20), count: 40))
        var reader = try RecordReader(part: part, dialect: .csv, encoding: .utf8)
        #expect(try reader.next()?.flaw == .tooLong)
        #expect(try reader.next() == nil)
        #expect(reader.window.capacity <= 24 << 20)
    }
}
