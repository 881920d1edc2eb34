import Testing

@testable import Ingestion

@Suite("Delimited records")
struct DelimitedReadingTests {
    private func flaws(_ text: String) throws -> [Record.Flaw?] { try Reading(text).records.map(\.flaw) }

    @Test func headerAndRecords() throws {
        let reading = try Reading("\u{FEFF}\"title\",year,title\r\n\r\nTides,1999,\n\n\"S, \"\"x\"\"\r\ny\",2,3")
        #expect(reading.header == ["title", "year", "title"])
        #expect(
            reading.records == [
                Record(line: 3, fields: ["Tides", "1999", ""], text: "Tides,1999,"),
                Record(line: 5, fields: ["S, \"x\"\r\ny", "2", "3"], text: "\"S, \"\"x\"\"\r\ny\",2,3"),
            ])
    }

    @Test func anotherNumberOfFields() throws {
        let reading = try Reading("a,b\n1\n1,2,3\n1,2\n,\n")
        #expect(
            reading.records.map(\.flaw) == [
                .fieldCount(found: 1, expected: 2), .fieldCount(found: 3, expected: 2), nil, nil,
            ])
        #expect(reading.records.map(\.fields) == [["1"], ["1", "2", "3"], ["1", "2"], ["", ""]])
    }

    @Test func backslashes() throws {
        let dialect = Dialect.delimited(delimiter: .semicolon, quoting: .backslash)
        let text = #"""
            "a";"b"
            "J. \"Peterman\" & Co";"C:\dir\\"
            "x\";y";""
            "two "" ways";\"z"
            """#
        let reading = try Reading(text, as: dialect)
        #expect(
            reading.records.map(\.fields) == [
                [#"J. "Peterman" & Co"#, #"C:\dir\"#], [#"x";y"#, ""], [#"two " ways"#, #"\"z""#],
            ])
        #expect(reading.records.allSatisfy { $0.flaw == nil })
        #expect(try Reading(#""a\","b""#).header == [#"a\"#, "b"])
    }

    @Test func aQuoteThatIsNeverClosedCostsItsLineOnly() throws {
        let reading = try Reading("a,b\n1,\"2\n3,4\r\n5,6")
        #expect(
            reading.records == [
                Record(line: 2, fields: ["1", "2"], flaw: .unclosedQuote, text: "1,\"2"),
                Record(line: 3, fields: ["3", "4"], text: "3,4"), Record(line: 4, fields: ["5", "6"], text: "5,6"),
            ])
    }

    @Test func aQuoteThatALaterRowClosesWronglyCostsItsLineOnly() throws {
        let reading = try Reading("a,b\n1,\"2\n3,4\n5,\"6\"\n7,8\n")
        #expect(reading.records.map(\.flaw) == [.unclosedQuote, nil, nil, nil])
        #expect(reading.records.map(\.line) == [2, 3, 4, 5])
        #expect(reading.records.map(\.text) == ["1,\"2", "3,4", "5,\"6\"", "7,8"])
    }

    @Test(arguments: ["\"a\"b,c", "\"a\" ,c", "\"a\"b\"c\",d"])
    func textAfterAClosingQuote(line: String) throws {
        let reading = try Reading("x,y\n\(line)\n\"z\",z\r\n")
        #expect(reading.records.map(\.flaw) == [.textAfterQuote, nil])
        #expect(reading.records[0].text == line)
        // As it stands.
        #expect(reading.records[0].fields.joined(separator: ",") == line)
        #expect(reading.records[1].fields == ["z", "z"])
    }

    @Test(
        arguments: [
            [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x8C], [0xC0, 0xAF], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func bytesThatAreNoUTF8(bad: [UInt8]) throws {
        for size in [1, 2, 3, 5, Int.max] {
            let bytes = Array("é,b\nc,🌊".utf8) + bad + Array("x\nf,🌊\n".utf8)
            let records = try Reading(bytes, pieceSize: size).records
            #expect(records.map(\.flaw) == [.notUTF8(field: 1), nil])
            #expect(records[0].fields[0] == "c" && records[0].fields[1].hasPrefix("🌊\u{FFFD}"))
            #expect(records[0].text.hasPrefix("c,🌊\u{FFFD}"))
            #expect(records[1].fields == ["f", "🌊"])
        }
    }

    /// A letter that a field's end cuts in two is not UTF-8, though the bytes together would be.
    @Test func aLetterThatAFieldEndCuts() throws {
        let records = try Reading([0x61, 0x2C, 0x62, 0x0A, 0x61, 0xC3, 0x2C, 0xA9, 0x0A]).records
        #expect(records.map(\.flaw) == [.notUTF8(field: 0)])
        #expect(records[0].fields == ["a\u{FFFD}", "\u{FFFD}"])
    }

    @Test func nulBytesAndWhichFlawComesFirst() throws {
        #expect(try flaws("a,b\nc,\"d\u{0}\"\ne,f\n") == [.nulByte(field: 1), nil])
        #expect(try flaws("a,b\n\"c\"\u{0},d\n") == [.textAfterQuote])
        #expect(try flaws("a,b\nc\u{0}\n") == [.nulByte(field: 0)])
        #expect(try Reading(Array("a,b\nc\u{0},".utf8) + [0xFF]).records.map(\.flaw) == [.nulByte(field: 0)])
    }

    @Test(arguments: ["", "\n\r\n\r", "\u{FEFF}", "\u{FEFF}\n"])
    func withoutAHeader(text: String) {
        #expect(throws: IngestionError.empty(source: "test")) { try Reading(text) }
    }

    @Test func brokenHeaders() {
        func reason(_ bytes: some Sequence<UInt8>) -> String {
            do {
                _ = try Reading(bytes)
                return ""
            } catch {
                guard case .brokenHeader("test", let reason) = error else { return "\(error)" }
                return reason
            }
        }
        #expect(reason("\"a,b\n1,2\n".utf8) == "its quotes do not match")
        #expect(reason("\"a\"x,b\n".utf8) == "its quotes do not match")
        #expect(reason([0x61, 0xFF]) == "it is not valid text in the encoding it is read in")
        #expect(reason("a\u{0},b\n".utf8) == "it has NUL bytes (UTF-16?)")
        #expect(reason([UInt8](repeating: 0x61, count: (4 << 20) + 1)) == "it is longer than 4 MiB")
    }

    @Test func aMillionColumns() throws {
        let header = String(repeating: "c,", count: 9_999) + "c"
        #expect(try Reading(header).header.count == 10_000)
        #expect(throws: IngestionError.tooManyColumns(source: "test", line: 2, limit: 10_000)) {
            try Reading("\n\(header),c")
        }
        #expect(throws: IngestionError.tooManyColumns(source: "test", line: 1, limit: 10_000)) {
            try Reading(String(repeating: ",", count: 1_000_000))
        }
        let row = try Reading("a,b\n" + String(repeating: ",", count: 1_000_000)).records
        #expect(row.map(\.flaw) == [.fieldCount(found: 1_000_001, expected: 2)])
        #expect(row[0].fields.count == 10_000)
    }

    @Test func rowsThatWereKeptAreReadAgain() throws {
        let records = try RecordReader.records(in: "1,2\n\"3\n\",4", header: ["a", "b"], dialect: .csv)
        #expect(records.map(\.fields) == [["1", "2"], ["3\n", "4"]])
        #expect(
            try RecordReader.records(in: "1", header: ["a", "b"], dialect: .csv).map(\.flaw)
                == [.fieldCount(found: 1, expected: 2)])
        #expect(try RecordReader.records(in: "", header: ["a", "b"], dialect: .csv).isEmpty)
        var reader = RecordReader(text: #"{"c":1,"b":2}"#, header: ["a", "b"], dialect: .jsonLines, line: 17)
        #expect(try reader.next() == Record(line: 17, fields: ["", "2", "1"], text: #"{"c":1,"b":2}"#))
        #expect(reader.header == ["a", "b", "c"])
        #expect(try reader.next() == nil)
    }
}
