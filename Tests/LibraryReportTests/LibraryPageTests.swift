import Foundation
import Testing

@testable import CatalogStore
@testable import LibraryReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The page of the library's figures")
struct LibraryPageTests {
    private static let hostile = "<script>alert('1')</script>\"\u{301} onload=\"x\" & \u{202E}\u{0}日本語"

    /// A profile that has every part, with hostile text wherever text can come from the library.
    private static var full: LibraryProfile {
        var profile = LibraryProfile()
        (profile.totals.works, profile.totals.editions, profile.totals.hiddenEditions) = (1_234, 5_679, 679)
        (profile.totals.readers, profile.totals.ratings, profile.totals.unratedMarks) = (31, 7_654_321, 1)
        (profile.totals.simulatedReaders, profile.totals.simulatedMarks) = (12, 3_456)
        profile.completeness = [
            .init(field: "isbn13", known: 4_999, share: 0.9998), .init(field: hostile, known: 0, share: 0),
        ]
        for path in [
            \LibraryProfile.years, \.descriptionLengths, \.pages, \.averageRatings, \.ratingsPerReader,
            \.ratingsPerBook,
            \.editionsPerWork,
        ] { profile[keyPath: path] = distribution(ValueRange.years, [-750, 1_999]) }
        profile.stars = distribution(ValueRange.halfStars, [150, 200])
        for path in [\LibraryProfile.categories, \.quarantineByRule, \.quarantineByFile] {
            profile[keyPath: path] = Ranking([hostile: 4_321, "Sea": 1], limit: 1)
        }
        var source = LibraryProfile.Source(name: hostile)
        (source.editions, source.readers, source.ratings) = (5_001, 6_002, 7_003)
        profile.sources = [source]
        profile.moreSources = 1
        profile.editionJoins = [
            .init(method: "first", editions: 3, share: 0.75), .init(method: hostile, editions: 1, share: 0.25),
        ]
        var join = LibraryProfile.ItemJoins(method: "titleAuthor")
        (join.items, join.shareOfItems, join.ratings, join.shareOfRatings) = (3, 1, 8_765, 1)
        (join.meanConfidence, join.meanConfidenceOfRatings) = (0.985, 0.971)
        profile.itemJoins = [join]
        profile.lastRuns = [
            .init(
                kind: hostile, source: hostile, file: hostile, finishedAt: "2026-01-31T08:05:09Z", codeVersion: hostile,
                counts: .init(rows: 6_810, accepted: 6_621, merged: 189, updated: 0))
        ]
        profile.moreFiles = 3
        return profile
    }

    private static func distribution(_ ranges: [ValueRange], _ values: [Int]) -> Distribution {
        var tally = Tally()
        for (place, value) in values.enumerated() { tally.add(value, count: place == 0 ? 2_468 : 1) }
        return Distribution(tally, unknown: 1_357, ranges: ranges)
    }

    private func html(_ profile: LibraryProfile) throws -> String {
        try LibraryPage(profile, madeAt: "2026-02-03T04:05:06Z").html()
    }

    private func pictures(_ html: String) -> [String] {
        html.components(separatedBy: "<svg ").dropFirst().compactMap { part in
            part.range(of: "</svg>").map { "<svg " + part[..<$0.upperBound] }
        }
    }

    @Test func everyPlotIsWellFormedAndTellsItsFiguresInWords() throws {
        let html = try html(Self.full)
        let plots = pictures(html).filter { $0.contains("role=\"img\"") }
        // Completeness, eight distributions, three rankings, two joins of items and one of editions.
        #expect(plots.count == 15)
        var ids: Set<String> = []
        for plot in plots {
            let reader = PlotReader()
            let parser = XMLParser(data: Data(plot.utf8))
            parser.delegate = reader
            #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") in \(plot)")
            #expect(Array(reader.elements.prefix(3)) == ["svg", "title", "desc"])
            let names = try #require(reader.attributes["aria-labelledby"]).split(separator: " ").map(String.init)
            #expect(names == reader.ids)
            #expect(ids.isDisjoint(with: names))
            ids.formUnion(names)
            #expect(reader.texts["title"]?.isEmpty == false)
            // Each bar has its value written, and what is not 0 is told in words too.
            #expect(!reader.values.isEmpty)
            let words = try #require(reader.texts["desc"])
            for value in reader.values where !value.hasPrefix("0") {
                #expect(words.contains(value.prefix { $0 != " " }), "\(value) in \(words)")
            }
        }
        #expect(html.components(separatedBy: "<details>").count == 16)
    }

    @Test func theLibrarysTextStaysText() throws {
        let html = try html(Self.full)
        #expect(!html.contains("<script"))
        #expect(
            html.contains(
                "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;\u{301} onload=&quot;x&quot; &amp; \u{202E}日本語"))
        #expect(!html.unicodeScalars.contains("\u{0}"))
        let allowed: Set = [
            "!doctype", "html", "head", "meta", "title", "style", "body", "a", "header", "p", "svg", "path", "h1",
            "nav",
            "ul", "li", "main", "section", "h2", "dl", "div", "dt", "dd", "span", "article", "h3", "desc", "text",
            "rect",
            "details", "summary", "table", "thead", "tr", "th", "tbody", "td", "footer", "code",
        ]
        let tags = html.components(separatedBy: "<").dropFirst().map { part in
            String(part.drop { $0 == "/" }.prefix { $0 != ">" && !$0.isWhitespace })
        }
        #expect(Set(tags).subtracting(allowed) == [])
    }

    @Test func nothingIsLoadedAndNothingRuns() throws {
        let html = try html(Self.full)
        #expect(html.hasPrefix("<!doctype html>"))
        #expect(html.contains("default-src 'none'"))
        for word in ["src=", "url(", "@import", "<link", "http:", "https:", "javascript:"] {
            #expect(!html.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "").contains(word), "\(word)")
        }
    }

    @Test func numbersAreWrittenForReaders() throws {
        let html = try html(Self.full)
        for text in [
            "1,234", "5,679", "679 of them hidden", "7,654,321", "and 1 mark without stars",
            "As it was on 2026-02-03 04:05 UTC.",
            "This library has 12 simulated readers with 3,456 marks.", "679 editions are hidden",
            "The share of 5,000 editions",
            "<td>4,999</td><td>1</td><td>&gt;99.9%</td>", "2,468", "1,357 editions have no year.",
            "From 750 BC to 1999",
            "And 1 category more.", "4,321", "<td>5,001</td><td>6,002</td><td>7,003</td>", "And 1 source more.",
            "title and author 0.985", "title and author 0.971", "8,765 · 100%", "2026-01-31 08:05 UTC",
            "6,810 rows: 6,621 accepted, 189 merged<", "3 files more came in before.",
        ] { #expect(html.contains(text), "\(text)") }
    }

    @Test func wholeStarsLeaveTheHalvesOut() throws {
        var profile = LibraryProfile()
        profile.stars = Self.distribution(ValueRange.halfStars, [100, 500])
        let plot = try #require(LibraryPage.readers(profile).figures.first?.plot)
        #expect(plot.bars.map(\.label) == ["1", "2", "3", "4", "5"])
        profile.stars = Self.distribution(ValueRange.halfStars, [100, 150])
        #expect(LibraryPage.readers(profile).figures.first?.plot?.bars.map(\.label) == ["1", "1.5"])
    }

    @Test func anEmptyLibraryIsToldInSentences() throws {
        let html = try html(LibraryProfile())
        #expect(!html.contains("role=\"img\""))
        #expect(html.components(separatedBy: "class=\"empty\"").count == 18)
        #expect(html.contains("There are none in this library."))
        #expect(html.contains("No edition tells its year."))
    }

    @Test func barsAreAsLongAsTheirValues() {
        func widths(_ amounts: [Double], whole: Double? = nil) -> [Double?] {
            let plot = BarPlot(
                id: "a", title: "", words: "", labels: .above, whole: whole,
                amounts.map { .init(label: "x", amount: $0, text: "") })
            return plot.bars.map { $0.width.flatMap { Double($0.dropLast()) } }
        }
        // Without text beside them, 96 per cent of the width are theirs.
        #expect(widths([50, 100, 0, 25]) == [48, 96, nil, 24])
        #expect(widths([0.5, 0.25], whole: 1) == [48, 24])
        // The least is still to be seen.
        #expect(widths([1, 1_000_000]) == [0.6, 96])
        #expect(widths([0, 0]) == [nil, nil])
    }

    @Test func theSummaryIsShort() {
        var profile = Self.full
        var unmatched = LibraryProfile.ItemJoins(method: "unmatched")
        unmatched.shareOfRatings = 0.25
        profile.itemJoins.append(unmatched)
        let lines = "\(LibrarySummary(profile))".split(separator: "\n")
        #expect(lines.count == 7)
        #expect(lines[0] == "1,234 works, 5,679 editions (679 hidden)")
        #expect(lines[1] == "31 readers, 7,654,321 ratings, 1 mark without stars")
        #expect(lines[2] == "apart from them 12 simulated readers with 3,456 marks")
        #expect(lines[3] == "75% of the ratings are of a work that is known")
        #expect("\(LibrarySummary(LibraryProfile()))".split(separator: "\n").count == 3)
    }
}

/// Notes what a plot is made of.
private final class PlotReader: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var attributes: [String: String] = [:]
    var ids: [String] = []
    var texts: [String: String] = [:]
    var values: [String] = []
    private var isValue = false
    private var text = ""

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        if elements.isEmpty { self.attributes = attributes }
        elements.append(name)
        if let id = attributes["id"] { ids.append(id) }
        isValue = attributes["class"] == "value"
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if isValue, name == "text" { values.append(text) } else { texts[name] = text }
    }
}
