import Testing

@testable import Ingestion

@Suite("JSON Lines and Open Library dumps")
struct JSONReadingTests {
    @Test func namesGrowInOrderOfAppearance() throws {
        let text = """
            {"title":"Tides","year":1999,"tags":["a", {"b":null}],"author":{"name":"Iris","born":{"year":1950}}}
              \t

            {"year":2.50e+1,"series":null,"title":"S\\u00e9\\n","isRead":true}
            {}
            """
        let reading = try Reading(text, as: .jsonLines)
        #expect(reading.header == ["title", "year", "tags", "author.name", "author.born.year", "series", "isRead"])
        #expect(
            reading.records.map(\.fields) == [
                ["Tides", "1999", "[\"a\", {\"b\":null}]", "Iris", "1950"],
                ["Sé\n", "2.50e+1", "", "", "", "", "true"],
                Array(repeating: "", count: 7),
            ])
        #expect(reading.records.map(\.line) == [1, 4, 5])
        #expect(reading.records.allSatisfy { $0.flaw == nil })
    }

    @Test(arguments: [
        "[1]", "1", "\"x\"", "{", "{\"a\":1", "{\"a\":1}}", "{\"a\":01}", "{'a':1}", "{\"a\":\"\\x\"}", "{\"a\":1,}",
        "null", "nothing",
    ])
    func linesThatAreNoObjects(line: String) throws {
        let reading = try Reading("{\"b\":1}\n\(line)\n{\"b\":2}", as: .jsonLines)
        #expect(reading.records.count == 3)
        guard case .notJSON(let reason) = reading.records[1].flaw else { throw IngestionError.empty(source: line) }
        #expect(!reason.isEmpty)
        #expect(reading.records[1].text == line && reading.records[1].line == 2)
        #expect(reading.header == ["b"])
        #expect(reading.records[2].fields == ["2"])
    }

    @Test func faultsAreSaidInWords() throws {
        func reason(_ line: String) throws -> Record.Flaw? { try Reading(line, as: .jsonLines).records.first?.flaw }
        #expect(try reason("{\"a\" 1}") == .notJSON(reason: "there should be a colon (byte 6)"))
        #expect(try reason("{\"a\":1") == .notJSON(reason: "it ends too early: there should be a comma or }"))
        #expect(try reason("{\"a\":\"x") == .notJSON(reason: "it ends too early: a string is not closed"))
        #expect(try reason("{\"a\":\"\u{1}\"}") == .notJSON(reason: "a control character stands in a string (byte 7)"))
    }

    @Test func theDepthHasALimit() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
        }
        #expect(
            try Reading(nested(64), as: .jsonLines).header == [Array(repeating: "a", count: 64).joined(separator: ".")])
        for text in [nested(65), "{\"a\":" + String(repeating: "[", count: 64), nested(100_000)] {
            guard case .notJSON(let reason) = try Reading(text, as: .jsonLines).records.first?.flaw else {
                throw IngestionError.empty(source: "flaw")
            }
            #expect(reason.contains("nested deeper than 64"))
        }
        let lists = "{\"a\":" + String(repeating: "[", count: 63) + String(repeating: "]", count: 63) + "}"
        #expect(try Reading(lists, as: .jsonLines).records.first?.flaw == nil)
    }

    @Test func namesHaveLimits() throws {
        func object(_ range: Range<Int>) -> String {
            "{" + range.map { "\"n\($0)\":\($0)" }.joined(separator: ",") + "}"
        }
        #expect(try Reading("\(object(0..<600))\n\(object(500..<1_000))", as: .jsonLines).header.count == 1_000)
        #expect(throws: IngestionError.tooManyColumns(source: "test", line: 2, limit: 1_000)) {
            try Reading("\(object(0..<600))\n\(object(600..<1_001))", as: .jsonLines)
        }
        for (length, isTaken) in [(1_000, true), (1_001, false)] {
            let line = "{\"\(String(repeating: "n", count: length))\":1}"
            #expect(try (Reading(line, as: .jsonLines).records.first?.flaw == nil) == isTaken)
        }
        let many = "{" + Array(repeating: "\"a\":1", count: 10_001).joined(separator: ",") + "}"
        #expect(
            try Reading(many, as: .jsonLines).records.first?.flaw == .notJSON(reason: "it has more than 10000 names"))
    }

    @Test func equalNamesAndBytesThatAreNoText() throws {
        #expect(
            try Reading(#"{"a":1,"b":2,"a":"","a.b":3,"a":{"b":4}}"#, as: .jsonLines).records[0].fields == [
                "", "2", "4",
            ])
        let bad = try Reading(Array(#"{"a":1,"b":""#.utf8) + [0xFF] + Array(#""}"#.utf8), as: .jsonLines)
        #expect(
            bad.records[0]
                == Record(
                    line: 1, fields: ["1", "\u{FFFD}"], flaw: .notUTF8(field: 1), text: "{\"a\":1,\"b\":\"\u{FFFD}\"}"))
        let nul = try Reading(#"{"a":1,"b":"\u0000"}"#, as: .jsonLines)
        #expect(nul.records[0].flaw == .nulByte(field: 1))
    }

    @Test func linesOfADump() throws {
        let text = [
            "/type/edition\t/books/OL1M\t5\t2020-01-02T03:04:05\t{\"title\": \"Tides\", \"key\": \"/books/OL1M\", \"n\": [1]}",
            "/type/author\t/authors/OL1A\t1\t2019\t{\"name\": \"Iris\", \"type\": {\"key\": \"/type/author\"}}",
            "/type/author\t/authors/OL2A\t1\t2019",
            "/type/author\t/authors/OL3A\t1\t2019\t[]",
            "/type/author\t/authors/OL\u{0}A\t1\t2019\t{}\r",
        ].joined(separator: "\n")
        let reading = try Reading(text, as: .openLibraryDump)
        #expect(reading.header == ["type", "key", "revision", "lastModified", "title", "n", "name", "type.key"])
        #expect(
            reading.records.map(\.fields) == [
                ["/type/edition", "/books/OL1M", "5", "2020-01-02T03:04:05", "Tides", "[1]"],
                ["/type/author", "/authors/OL1A", "1", "2019", "", "", "Iris", "/type/author"],
                ["/type/author", "/authors/OL2A", "1", "2019"], ["/type/author", "/authors/OL3A", "1", "2019"],
                ["/type/author", "/authors/OL\u{0}A", "1", "2019", "", "", "", ""],
            ])
        #expect(
            reading.records.map(\.flaw) == [
                nil, nil, .fieldCount(found: 4, expected: 5), .notJSON(reason: "it is not an object in { }"),
                .nulByte(field: 1),
            ])
    }
}
