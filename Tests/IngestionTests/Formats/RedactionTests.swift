import Catalog
import Testing

@testable import Ingestion

@Suite("What quarantine may keep of a reader's row")
struct RedactionTests {
    private static let ownWords = "so private, \"so\"\nmine"

    private func record(_ fields: [String], _ flaw: Record.Flaw? = nil) -> Record {
        Record(line: 7, fields: fields, flaw: flaw, text: "raw: " + fields.joined(separator: ","))
    }

    @Test func privateTextIsTakenOutAndTheRestStays() throws {
        let fixture = try RowFixture("Title,My Review,user_id,rating,Private Notes")
        let redacted = fixture.reader.redacted(
            record(["Tides, \"high\"", Self.ownWords, "58", "4", "x" + Self.ownWords]))
        #expect(redacted.line == 7)
        #expect(redacted.fields == ["Tides, \"high\"", "", "58", "4", ""])
        #expect(redacted.text == "\"Tides, \"\"high\"\"\",,58,4,")
    }

    @Test func inTheFilesOwnDialect() throws {
        let dialect = Dialect.delimited(delimiter: .semicolon, quoting: .backslash)
        let fixture = try RowFixture("Title,Review,user_id,rating", dialect: dialect)
        let fields = ["a;b\\\"c", Self.ownWords, "5,8", "4"]
        let redacted = fixture.reader.redacted(record(fields))
        #expect(redacted.text == "\"a;b\\\\\\\"c\";;5,8;4")

        let lines = try RowFixture("Title,Review,user_id,rating", dialect: .jsonLines)
        #expect(
            lines.reader.redacted(record(["a\"b", Self.ownWords, "", "4"])).text == #"{"Title": "a\"b", "rating": "4"}"#
        )
    }

    /// What is kept must still be a row: it is read again when the quarantine is replayed.
    @Test(arguments: [
        Dialect.csv, .delimited(delimiter: .semicolon, quoting: .doubled),
        .delimited(delimiter: .tab, quoting: .backslash), .jsonLines,
    ])
    func whatIsKeptIsReadAgain(dialect: Dialect) throws {
        let header = ["Title", "Review", "user_id", "rating", "x"]
        let fixture = try RowFixture(header.joined(separator: ","), dialect: dialect)
        for title in [
            "plain", "a,b;c\td", "\"", "\\", "\\\"", "two\nlines\r\n", "'", " spaces ", "é\u{1F600}\u{2028}", "{}",
        ] {
            let row = record([title, Self.ownWords, "58", title, "=1"])
            let redacted = fixture.reader.redacted(row)
            let read = try RecordReader.records(in: redacted.text, header: header, dialect: dialect)
            #expect(read.map(\.fields) == [[title, "", "58", title, "=1"]], "\(redacted.text)")
            #expect(read.first?.flaw == nil)
        }
    }

    @Test(arguments: [
        Record.Flaw.unclosedQuote, .textAfterQuote, .tooLong, .fieldCount(found: 6, expected: 4), .notJSON(reason: "x"),
    ])
    func ofARowThatCannotBeToldApartNothingIsKept(flaw: Record.Flaw) throws {
        let fixture = try RowFixture("Title,Review,user_id,rating")
        let redacted = fixture.reader.redacted(record(["a", Self.ownWords, "x", "y", "z", Self.ownWords], flaw))
        #expect(redacted.fields == [])
        #expect(redacted.flaw == flaw)
        #expect(redacted.text == "(left out: the row may hold a reader's private text)")
    }

    @Test func withoutPrivateColumnsARowIsKeptWhole() throws {
        let fixture = try RowFixture("title,user_id,rating")
        let row = record(["a", "b", "c", "d"], .fieldCount(found: 4, expected: 3))
        #expect(fixture.reader.redacted(row) == row)
        let empty = try RowFixture("Title,Review,user_id,rating")
        #expect(empty.reader.redacted(record(["a", "", "c", "d"])) == record(["a", "", "c", "d"]))
    }

    @Test func ofPeopleNothingIsKept() throws {
        let fixture = try RowFixture(RealHeader.bookCrossingUsers)
        let redacted = fixture.reader.redacted(record(["1", "Nowhere", "99"]))
        #expect(redacted.fields == [])
        #expect(!redacted.text.contains("Nowhere"))
    }

    /// A broken character in a review is nobody's loss, and must not be shown either.
    @Test(arguments: [Record.Flaw.notUTF8(field: 1), .nulByte(field: 1)])
    func aFlawInPrivateTextDoesNotRefuseTheRow(flaw: Record.Flaw) throws {
        var fixture = try RowFixture("Title,Review,user_id,rating")
        let result = fixture.reader.read(record(["Tides", "\u{FFFD}", "58", "4"], flaw))
        guard case .mark(let mark) = result.content else {
            Issue.record("\(result.content)")
            return
        }
        #expect(mark.stars == 4)
    }

    @Test func nothingPrivateIsInAResult() throws {
        for header in [RealHeader.goodreads, RealHeader.storygraph] {
            var fixture = try RowFixture(header)
            let names = header.components(by: ",")
            let personal = Set(fixture.reader.columns.personal)
            #expect(!personal.isEmpty)
            let values = Dictionary(uniqueKeysWithValues: names.map { ($0, personal.contains($0) ? "SECRET" : "read") })
            #expect(!"\(fixture.read(values))".contains("SECRET"))
            #expect(!fixture.reader.redacted(fixture.record(values)).fields.contains("SECRET"))
        }
    }

    /// A shop may call its blurb a review: then its owner says so.
    @Test func aMappedColumnIsNotPrivate() throws {
        let mapping = try ColumnMapping(yaml: "columns: {description: Review}", file: "m.yaml")
        let format = try SourceFormat.catalogue.applying(mapping)
        var fixture = try RowFixture("Title,Review", format: format)
        #expect(try fixture.edition(["Title": "Tides", "Review": "Wet."]).description == "Wet.")
        #expect(fixture.reader.redacted(record(["Tides", "Wet."])) == record(["Tides", "Wet."]))
    }
}
