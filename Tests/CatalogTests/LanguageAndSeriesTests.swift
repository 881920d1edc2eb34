import Testing

@testable import Catalog

@Suite("Languages and series") struct LanguageAndSeriesTests {
    @Test(arguments: [
        ("eng", "en"), ("en-US", "en"), ("EN_gb", "en"), (" English ", "en"), ("fre", "fr"), ("fra", "fr"),
        ("French", "fr"),
        ("ger", "de"), ("grc", "grc"), ("chi", "zh"), ("pt-BR", "pt"),
    ])
    func whatSourcesWriteIsRead(text: String, code: String) {
        #expect(LanguageCode.of(text) == code)
    }

    @Test(arguments: ["", " ", "e", "klingonish", "12", "en1", "qqq1", "🙂"])
    func whatIsNoLanguageIsNone(text: String) {
        #expect(LanguageCode.of(text) == nil)
    }

    @Test func codesHaveNames() {
        #expect(LanguageCode.name("en") == "English")
        #expect(LanguageCode.name("fr") == "French")
    }

    @Test(arguments: [
        ("Earthsea Cycle #1", "Earthsea Cycle"), ("Earthsea Cycle, Book 2", "Earthsea Cycle"),
        ("earthsea cycle vol. 3", "earthsea cycle"), ("(Earthsea Cycle 4)", "Earthsea Cycle"), ("1984", "1984"),
    ])
    func theplaceIsNotPartOfTheName(text: String, name: String) {
        #expect(SeriesName(text).text == name)
        #expect(SeriesName(text) == SeriesName(name))
    }

    @Test func aWorkHasTheLanguageAndSeriesOfItsBestKnownEditionThatHasOne() throws {
        let editions = [
            Edition(title: "T", language: "nonsense", ratingsCount: 9),
            Edition(title: "T", series: "S #1", language: "fre", ratingsCount: 5),
            Edition(title: "T", series: "Other", language: "eng", ratingsCount: 1),
        ]
        let work = try #require(Work(id: WorkID(rawValue: "w"), editions: editions))
        #expect(work.language == "fr")
        #expect(work.series == "S #1")
    }
}
