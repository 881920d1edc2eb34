import Foundation
import Testing

@testable import Ingestion

@Suite("Dialects")
struct DialectTests {
    private func detected(_ text: String) throws -> Dialect {
        try SourceSurvey(of: SourcePart(name: "t", pieces: [Array(text.utf8)])).dialect
    }

    @Test(arguments: [Dialect.Delimiter.comma, .semicolon, .tab, .pipe])
    func theDelimiterIsTheOneThatFitsTheRecords(delimiter: Dialect.Delimiter) throws {
        let d = String(delimiter.character)
        let others = [",", ";", "\t", "|"].filter { $0 != d }
        let header = ["title", "the authors\(others[0]) if any", "year"].joined(separator: d)
        let rows = others.indices.map { index in
            let authors = String(repeating: "A\(others[0])", count: index)
            return ["\"Tides\(d) and\n\(others[1]) Salt\"", "\(authors) B", "19\(others[2])99"].joined(separator: d)
        }
        let text = ([header] + rows).joined(separator: "\n")
        #expect(try detected(text) == .delimited(delimiter: delimiter, quoting: .doubled))
        #expect(try detected(header) == .delimited(delimiter: delimiter, quoting: .doubled))
    }

    @Test func oneColumn() throws {
        #expect(try detected("title\nTides\nSalt, and more; much | more\n") == .csv)
        #expect(try detected("") == .csv)
        #expect(try detected("title\n\n") == .csv)
    }

    /// One row in three is broken: the others tell. So they do when the header has more of another delimiter.
    @Test func brokenRows() throws {
        #expect(
            try detected("title, if any, here;year\nTides;1999\nSalt, more;2004\n")
                == .delimited(delimiter: .semicolon, quoting: .doubled))
        #expect(try detected("a;b,c;d\n1;2;3\n1;2\n1;2;3\n") == .delimited(delimiter: .semicolon, quoting: .doubled))
    }

    @Test func quotingIsToldFromTheWholeFile() throws {
        let rows = String(repeating: "\"1\";\"The Tide\";\"1999\"\n", count: 20_000)
        let header = "\"ISBN\";\"Book-Title\";\"Year\"\n"
        let backslash = Dialect.delimited(delimiter: .semicolon, quoting: .backslash)
        let doubled = Dialect.delimited(delimiter: .semicolon, quoting: .doubled)
        #expect(try detected(header + rows) == doubled)
        #expect(try detected(header + rows + "\"2\";\"The \\\"Real\\\" Tide\";\"1999\"\n") == backslash)
        #expect(try detected(header + rows + "\"2\";\"The \\\"Real\\\" Tide\";\"1999\"") == backslash)
        #expect(try detected(header + rows + "\"2\";\"Real; \\\"Tides\\\";\";\"1999\"\n" + rows) == backslash)
        // Here the backslash is a character, and its quote ends the field.
        #expect(try detected(header + rows + "\"2\";\"C:\\dir\\\";\"1999\"\n") == doubled)
        // Outside quoted fields both ways read the same.
        #expect(try detected(header + rows + "2;5\\\" disk;1999\n") == doubled)
        #expect(try detected(header + rows + "\"2\";\"say \"\"\\\"\"\";\"1999\"\n") == doubled)
    }

    @Test func jsonAndDumps() throws {
        #expect(try detected("{\"a\":1}\n") == .jsonLines)
        #expect(try detected("\u{FEFF} \r\n\t{\"a\":1}\n") == .jsonLines)
        #expect(try detected("/type/edition\t/books/OL1M\t1\t2008\t{\"a\": 1}\n") == .openLibraryDump)
        #expect(
            try detected("/type/edition\t/books/OL1M\t1\t2008\t5\n") == .delimited(delimiter: .tab, quoting: .doubled))
    }

    @Test(
        arguments: [
            ("[{\"a\":1}]", "one JSON array"), ("[\n  {\"a\":1}]", "one JSON array"),
            ("<!DOCTYPE html><title>404", "a web page"), ("BZh91AY&SY", "bzip2"), ("%PDF-1.7", "PDF"),
            ("t\0i\0t\0l\0e\0", "UTF-16 without"), ("\0\0\0\0\0\0\0\0", "binary data"), ("PAR1\u{15}", "Parquet"),
            (String(repeating: "x", count: 257) + "ustar", "tar archive"), ("Rar!\u{1A}", "RAR"),
        ])
    func whatIsNotTextInRows(text: String, name: String) throws {
        let error = try #require(throws: IngestionError.self) { try detected(text) }
        guard case .unsupportedFormat("t", let found, let remedy) = error else { throw error }
        #expect(found.contains(name))
        #expect("\(error)".hasPrefix("t is \(found), not CSV or JSON Lines. ") && "\(error)".hasSuffix(remedy))
    }

    @Test func theDigestAndTheSize() throws {
        // From Python's hashlib.
        let survey = try SourceSurvey(of: SourcePart(name: "t", pieces: [Array("a,b\n".utf8), Array("1,2\n".utf8)]))
        #expect(survey.sha256 == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470")
        #expect(survey.size == 8)
    }

    @Test func delimitersAreChosenByHand() throws {
        let caret = try #require(Dialect.Delimiter("^"))
        #expect(
            try Reading("a^b\n1^\"2^\"\n", as: .delimited(delimiter: caret, quoting: .doubled)).records[0].fields == [
                "1", "2^",
            ])
        for wrong: Character in ["\"", "\\", "\n", "\r", "\r\n", "a", "7", "é", "\0"] {
            #expect(Dialect.Delimiter(wrong) == nil)
        }
    }

    @Test func aSurveyIsKeptAsJSON() throws {
        let survey = SourceSurvey(
            sha256: "ab", size: 7, encoding: .windows1252, dialect: .delimited(delimiter: .pipe, quoting: .backslash))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(survey)
        let json = #"""
            {"dialect":{"delimited":{"delimiter":"|","quoting":"backslash"}},"encoding":"Windows-1252","sha256":"ab","size":7}
            """#
        #expect(String(decoding: data, as: UTF8.self) == json)
        #expect(try JSONDecoder().decode(SourceSurvey.self, from: data) == survey)
        let wrong = Data(json.replacingOccurrences(of: "|", with: "a").utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SourceSurvey.self, from: wrong) }
        #expect("\(survey.dialect)" == "delimited by pipe, quotes after a backslash")
        #expect("\(Dialect.csv), \(Dialect.jsonLines)" == "delimited by comma, quotes doubled, JSON Lines")
    }
}
