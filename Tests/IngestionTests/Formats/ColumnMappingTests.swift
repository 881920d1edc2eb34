import Catalog
import Testing

@testable import Ingestion

@Suite("Mapping files")
struct ColumnMappingTests {
    private static let shop = """
        format: ratings
        source: myshop
        delimiter: ";"
        encoding: latin-1
        columns:
          isbn13: EAN-Nr
          title: [Bezeichnung, Kurzbezeichnung]
        ignore: [Lagerort]
        scale: 10
        """

    @Test func everyKeyIsTaken() throws {
        let mapping = try ColumnMapping(yaml: Self.shop, file: "m.yaml")
        #expect(mapping.format == "ratings")
        #expect(mapping.source == "myshop")
        #expect(mapping.delimiter == .semicolon)
        #expect(mapping.encoding == .windows1252)
        #expect(mapping.columns == [.isbn13: ["EAN-Nr"], .title: ["Bezeichnung", "Kurzbezeichnung"]])
        #expect(mapping.ignore == ["Lagerort"])
        #expect(mapping.scale == 10)
        let tab = try ColumnMapping(yaml: "delimiter: tab\nencoding: utf-8", file: "m.yaml")
        #expect(tab.delimiter == .tab)
        #expect(tab.encoding == .utf8)
    }

    @Test func itChangesAFormat() throws {
        let mapping = try ColumnMapping(yaml: Self.shop, file: "m.yaml")
        let header = ["user_id", "ean_nr", "isbn13", "Bezeichnung", "rating", "Lagerort", "Kurzbezeichnung", "x"]
        let format = try SourceFormat.resolve(header: header, file: "f.csv", mapping: mapping)
        #expect(format.name == "ratings")
        #expect(format.defaultSource == "myshop")
        var fixture = try RowFixture(header.joined(separator: ","), format: format)
        // The column that would have been recognised is not guessed any more.
        #expect(fixture.reader.columns.unmapped == ["isbn13", "x"])
        #expect(fixture.reader.columns.unused == ["Lagerort"])
        let isbn = try #require(ISBN13("9780306406157"))
        let mark = try fixture.mark([
            "user_id": "5", "ean_nr": "9780306406157", "isbn13": "junk", "Kurzbezeichnung": "Tides", "rating": "7",
        ])
        #expect(
            mark == ReaderMark(reader: "5", item: RatedItem(key: .isbn(isbn), isbn13: isbn, title: "Tides"), stars: 3.5)
        )
    }

    /// A file whose columns mean nothing to the program is recognised by what the mapping makes of them.
    @Test func itLetsAFileBeRecognised() throws {
        let books = try ColumnMapping(yaml: "columns: {title: Bezeichnung, isbn13: Nr}", file: "m.yaml")
        let format = try SourceFormat.resolve(
            header: ["Nr", "Bezeichnung"], file: "f.csv", mapping: books, asked: .books)
        #expect(format.name == "catalogue")
        let ratings = try ColumnMapping(yaml: "columns: {reader: Kunde, stars: Note, isbn13: Nr}", file: "m.yaml")
        let other = try SourceFormat.resolve(
            header: ["Nr", "Kunde", "Note"], file: "f.csv", mapping: ratings, asked: .ratings)
        #expect(other.name == "ratings")
        // A name on the command line goes before the mapping's.
        let named = try SourceFormat.resolve(
            header: ["title"], file: "f.csv", name: "catalogue",
            mapping: ColumnMapping(yaml: "format: ratings", file: "m.yaml"))
        #expect(named.name == "catalogue")
    }

    @Test func aColumnHasOneMeaning() throws {
        let mapping = try ColumnMapping(yaml: "columns: {subtitle: Blurb}\nignore: [Jahr]", file: "m.yaml")
        var fixture = try RowFixture("title,Blurb,Jahr", format: .catalogue.applying(mapping))
        #expect(
            try fixture.edition(["title": "Tides", "Blurb": "Of salt", "Jahr": "1995"])
                == Edition(title: "Tides", subtitle: "Of salt"))
    }

    @Test func onAnotherSourceTheCautionGoes() throws {
        let mapping = try ColumnMapping(yaml: "source: myshop", file: "m.yaml")
        let format = try SourceFormat.resolve(
            header: ["user_id", "book_id", "rating"], file: "r.csv", mapping: mapping)
        #expect(format.defaultSource == "myshop")
        #expect(format.caution == nil)
    }

    @Test func aColumnThatIsNotThereIsNamed() throws {
        let mapping = try ColumnMapping(yaml: "columns: {isbn13: EAN-Nr}", file: "m.yaml")
        let format = try SourceFormat.catalogue.applying(mapping)
        let error = try #require(throws: FormatError.self) {
            try ColumnMap(header: ["title", "EAN"], format: format, file: "f.csv")
        }
        #expect(
            "\(error)"
                == "m.yaml, `columns.isbn13`: f.csv has no column `EAN-Nr`, only `title`, `EAN`. "
                + "Write the column's name as it stands in the file.")
    }

    @Test(arguments: [
        ("formt: ratings", "formt", "there is no key `formt`", "format, source, delimiter"),
        ("format: goodreads", "format", "“goodreads” is not known here", "goodreads-export"),
        ("format: [a]", "format", "it is a list", "Write one of: "),
        ("source: ''", "source", "it is empty", "the source's name"),
        ("delimiter: ;;", "delimiter", "“;;” is no delimiter", "one character"),
        ("delimiter: x", "delimiter", "“x” is no delimiter", "one character"),
        ("delimiter: '\"'", "delimiter", "is no delimiter", "one character"),
        ("encoding: klingon", "encoding", "“klingon” is not known here", "latin-1"),
        ("columns: title", "columns", "it is “title”", "keys with values"),
        ("columns: {titel: x}", "columns.titel", "there is no fact `titel`", "Facts here: sourceID, isbn13"),
        ("format: catalogue\ncolumns: {stars: x}", "columns.stars", "there is no fact `stars`", "title"),
        ("columns: {title: []}", "columns.title", "it names no column", "Write a column's name"),
        ("columns: {title: x, subtitle: X}", "columns.subtitle", "the column `X` is given to `title` too", "one fact"),
        ("ignore: x", "ignore", "it is “x”", "Write a list of columns"),
        ("scale: 0", "scale", "0.0 is no scale", "the most stars"),
        ("scale: ten", "scale", "“ten” is no number", "the most stars"),
        ("scale: 0x10", "scale", "is no number", "the most stars"),
    ])
    func whatIsWrongIsNamed(yaml: String, key: String, found: String, remedy: String) throws {
        let error = try #require(throws: SettingsError.self) { try ColumnMapping(yaml: yaml, file: "m.yaml") }
        #expect(error.file == "m.yaml")
        #expect(error.key == key)
        #expect(error.found.contains(found), "\(error)")
        #expect(error.remedy.contains(remedy), "\(error)")
        #expect(error.line == yaml.split(separator: "\n").count)
        #expect("\(error)".hasPrefix("m.yaml, line \(error.line ?? 0), `\(key)`: "))
    }

    @Test(arguments: ["", "- a\n- b", "just text", "a: b: c", "a: 1\na: 2"])
    func whatIsNoMappingIsRefused(yaml: String) throws {
        let error = try #require(throws: SettingsError.self) { try ColumnMapping(yaml: yaml, file: "m.yaml") }
        #expect("\(error)".hasPrefix("m.yaml: "))
    }

    @Test func factsAndColumnsMustFitTheFormat() throws {
        let stars = try ColumnMapping(yaml: "columns: {stars: x}", file: "m.yaml")
        let error = try #require(throws: SettingsError.self) { try SourceFormat.catalogue.applying(stars) }
        #expect("\(error)".contains("`columns.stars`: format catalogue has no `stars`. Facts here: sourceID"))
        let both = try ColumnMapping(yaml: "columns: {title: x}\nignore: [X]", file: "m.yaml")
        #expect(throws: SettingsError.self) { try SourceFormat.catalogue.applying(both) }
    }

    @Test func aFileThatCannotBeReadIsNamed() throws {
        let error = try #require(throws: SettingsError.self) { try ColumnMapping(contentsOf: "/nowhere/m.yaml") }
        #expect("\(error)".hasPrefix("/nowhere/m.yaml: it cannot be read: "))
        #expect("\(error)".hasSuffix("Check the name and the file."))
    }
}
