import Catalog
import Foundation
import Testing

@testable import Recommender

/// Everything that can be asked for beside words that mean something.
@Suite struct SearchTests {
    static let trained = Result { () throws -> (library: InventedLibrary, host: BundleHost) in
        func book(
            _ title: String, _ author: String, year: Int, pages: Int, _ category: String, _ text: String,
            language: String = "eng",
            series: String? = nil, rating: Double = 4, count: Int = 100, isbn: String? = nil
        ) -> Edition {
            Edition(
                isbn13: isbn.flatMap { ISBN13($0) }, title: title, authors: [author], series: series,
                categories: [category],
                year: year, pages: pages, language: language, averageRating: rating, ratingsCount: count,
                description: text)
        }
        let library = try InventedLibrary([
            book(
                "The Glass Lighthouse", "Ursula Verne", year: 1991, pages: 180, "Sea stories",
                "A keeper and her daughter tend a lighthouse through a hard winter.", series: "Tides #1",
                isbn: "9780140449136"),
            book(
                "The Salt Harbour", "Ursula Verne", year: 1995, pages: 320, "Sea stories",
                "Fishermen of a small harbour strike against the owner of the boats.", series: "Tides, Book 2",
                count: 900),
            book(
                "A Field Guide to Moss", "P. Green", year: 2004, pages: 90, "Nature",
                "How to tell the mosses of northern woods apart, with drawings.", rating: 4.8, count: 40),
            book(
                "La Maison bleue", "Zoë Ångström", year: 2011, pages: 250, "Romance",
                "Two strangers restore a blue house by the sea and fall in love.", language: "fre", count: 20),
            book(
                "Sunshine Road", "M. Ives", year: 1978, pages: 410, "Romance",
                "A summer on the road ends in a wedding.",
                rating: 3.1, count: 5_000),
            book(
                "Murder at the Abbey", "J. R. R. Tolliver", year: 2011, pages: 510, "Crime",
                "A monk is found dead in the library and the abbot hides a letter.", rating: 3.9, count: 2_000),
        ])
        try library.train()
        return (library, try library.host())
    }

    let host: BundleHost

    init() throws { host = try Self.trained.get().host }

    private func answer(_ parameters: [String: [String]]) throws -> SearchAnswer {
        try host.search(SearchRequest(parsing: { parameters[$0] ?? [] }))
    }

    private func titles(_ parameters: [String: [String]]) throws -> [String] {
        try answer(parameters).hits.map(\.book.title)
    }

    private func id(_ title: String) throws -> String {
        try #require(try host.search(SearchRequest(query: title, limit: 1)).hits.first).book.id.rawValue
    }

    @Test(arguments: [
        ("the glas lighthuose", "The Glass Lighthouse"), ("sun shine road", "Sunshine Road"),
        ("saltharbour", "The Salt Harbour"), ("maison blue", "La Maison bleue"),
        ("feild guide moss", "A Field Guide to Moss"),
        ("murdre at teh abbey tolliver", "Murder at the Abbey"), ("La Maison Bleue", "La Maison bleue"),
        ("angstrom", "La Maison bleue"),
    ])
    func namesAreFoundHoweverTheyAreSpelt(query: String, title: String) throws {
        let hit = try #require(try answer(["q": [query]]).hits.first)
        #expect(hit.book.title == title)
        #expect(hit.reasons.contains { $0.kind == .title })
    }

    @Test func correctionsAreTold() throws {
        let answer = try answer(["q": ["the glas lighthuose"]])
        #expect(
            answer.understood.corrections == [
                .init(from: "glas", to: "glass"), .init(from: "lighthuose", to: "lighthouse"),
            ])
        #expect(answer.hits[0].reasons.contains { $0.text.contains("reading “glas” as “glass”") })
        #expect(try self.answer(["q": ["the glass lighthouse"]]).understood.corrections.isEmpty)
    }

    @Test func anExactTitleIsFirstWhateverElseIsAskedFor() throws {
        for title in ["Sunshine Road", "A Field Guide to Moss", "salt harbour"] {
            for ratio in ["0", "0.5", "0.9"] {
                let first = try titles(["q": [title], "semanticRatio": [ratio], "mood": ["dark"], "strength": ["0.9"]])[
                    0]
                #expect(FoldedText.fold(first).hasSuffix(FoldedText.fold(title)), "\(title) at \(ratio): \(first)")
            }
        }
    }

    @Test(arguments: [
        "9780140449136", "978-0-14-044913-6", "ISBN 978 0140449136", "isbn-13: 9780140449136", "0140449132",
        "ISBN-10 0-14-044913-2",
        "  978–0–14–044913–6 ", "978-0-14-044913-6.", "９７８０１４０４４９１３６",
    ])
    func anISBNIsAnsweredByItsWorkAlone(query: String) throws {
        let answer = try answer(["q": [query]])
        #expect(answer.hits.map(\.book.title) == ["The Glass Lighthouse"])
        #expect(answer.estimatedTotalHits == 1)
        #expect(answer.understood.isbn == "9780140449136")
        #expect(answer.hits[0].score == 1)
        #expect(answer.facets?.first { $0.name == .decade }?.values.map(\.count) == [1])
    }

    @Test func anISBNThatIsNotHereIsSaidSo() throws {
        let answer = try answer(["q": ["9780306406157"]])
        #expect(answer.hits.isEmpty && answer.estimatedTotalHits == 0)
        #expect(answer.nothing?.text == "No book here has the ISBN 9780306406157.")
    }

    @Test(arguments: [
        (["author": ["verne"]], ["The Glass Lighthouse", "The Salt Harbour"]),
        (["author": ["Tolliver, J.R.R."]], ["Murder at the Abbey"]),
        (["author": ["j tolliver"]], ["Murder at the Abbey"]),
        (["author": ["ver"]], []),
        (
            ["notBy": ["Ursula Verne", "ives"], "minYear": ["1990"]],
            ["A Field Guide to Moss", "La Maison bleue", "Murder at the Abbey"]
        ),
        (["minYear": ["1995"], "maxYear": ["2004"]], ["A Field Guide to Moss", "The Salt Harbour"]),
        (["maxPages": ["180"]], ["A Field Guide to Moss", "The Glass Lighthouse"]),
        (["minPages": ["500"]], ["Murder at the Abbey"]),
        (["minRating": ["4.5"]], ["A Field Guide to Moss"]), (["maxRating": ["3.5"]], ["Sunshine Road"]),
        (["language": ["French"]], ["La Maison bleue"]), (["language": ["fr,de"]], ["La Maison bleue"]),
        (["category": ["sea STORIES", "Crime"]], ["Murder at the Abbey", "The Glass Lighthouse", "The Salt Harbour"]),
        (["length": ["short"], "category": ["Nature"]], ["A Field Guide to Moss"]),
    ])
    func filtersLetThroughWhatFits(filter: [String: [String]], titles expected: [String]) throws {
        for words in [[], ["a story by the sea"]] {
            let answer = try answer(filter.merging(["q": words]) { $1 })
            #expect(answer.hits.map(\.book.title).sorted() == expected)
            #expect(answer.estimatedTotalHits == expected.count)
        }
    }

    @Test func facetsCountWhatChoosingWouldGive() throws {
        for others in [[:], ["minYear": ["1990"]], ["category": ["Romance"]], ["q": ["love"], "semanticRatio": ["0"]]] {
            let facets = try #require(try answer(others.merging(["q": others["q"] ?? ["the sea"]]) { $1 }).facets)
            #expect(Set(facets.map(\.name)) == Set(Facet.Name.allCases))
            for facet in facets {
                for value in facet.values {
                    var asked = others.merging(["q": others["q"] ?? ["the sea"]]) { $1 }
                    for parameter in facet.name.parameters { asked[parameter.rawValue] = nil }
                    if facet.name == .decade {
                        asked["minYear"] = [value.value]
                        asked["maxYear"] = ["\(try #require(Int(value.value)) + 9)"]
                    } else {
                        asked[try #require(facet.name.parameters.first).rawValue] = [value.value]
                    }
                    #expect(
                        try answer(asked).estimatedTotalHits == value.count,
                        "\(facet.name) \(value.value) with \(others)")
                }
            }
        }
    }

    @Test func examplesPullAndPush() throws {
        let (lighthouse, abbey) = (try id("The Glass Lighthouse"), try id("Murder at the Abbey"))
        let close = try answer(["like": [lighthouse]])
        #expect(close.hits.count == 5 && !close.hits.map(\.book.id.rawValue).contains(lighthouse))
        #expect(close.hits[0].reasons.contains { $0.kind == .examples && $0.text.contains("“The Glass Lighthouse”") })
        let far = try answer(["unlike": [lighthouse], "like": [abbey]])
        #expect(far.estimatedTotalHits == 4)
        #expect(try titles(["like": ["978-0-14-044913-6"]]) == close.hits.map(\.book.title))
        #expect(throws: RequestError.unknownBook("nosuch", parameter: "like")) { try answer(["like": ["nosuch"]]) }
        #expect(throws: RequestError.unknownBook("nosuch", parameter: "unlike")) {
            try answer(["unlike": ["nosuch"]])
        }
        #expect(try titles(["q": ["the sea"], "exclude": [lighthouse]]).contains("The Glass Lighthouse") == false)
    }

    @Test func sortingIsByWhatItSays() throws {
        let years = try answer(["sort": ["newest"]]).hits.compactMap(\.book.year)
        #expect(years == years.sorted(by: >) && years.count == 6)
        #expect(try titles(["sort": ["oldest"]])[0] == "Sunshine Road")
        #expect(try titles(["sort": ["popularity"]])[0] == "Sunshine Road")
        #expect(try titles(["sort": ["rating"], "category": ["Romance"]]) == ["La Maison bleue", "Sunshine Road"])
        let whole = try titles(["q": ["the sea"], "sort": ["oldest"]])
        #expect(
            try titles(["q": ["the sea"], "sort": ["oldest"], "limit": ["2"], "offset": ["2"]]) == Array(whole[2..<4]))
    }

    @Test func bySpellingAloneOnlyWorksWithAWordAreResults() throws {
        let answer = try answer(["q": ["lighthouses"], "semanticRatio": ["0"]])
        #expect(answer.hits.map(\.book.title) == ["The Glass Lighthouse"])
        #expect(answer.estimatedTotalHits == 1)
        #expect(answer.hits[0].passage?.pieces.filter(\.isMatch).map(\.text) == ["lighthouse"])
        let none = try self.answer(["q": ["xylophones"], "semanticRatio": ["0"]])
        #expect(none.hits.isEmpty)
        #expect(none.nothing?.text.contains("None of your words") == true)
        #expect(none.nothing?.nearest.isEmpty == false)
    }

    @Test func passagesAreTheSentenceWithItsWordsMarked() throws {
        let hit = try answer(["q": ["keepers of a lighthouse in winter"]]).hits[0]
        let passage = try #require(hit.passage)
        #expect(
            passage.pieces.map(\.text).joined() == "A keeper and her daughter tend a lighthouse through a hard winter.")
        #expect(passage.pieces.filter(\.isMatch).map(\.text) == ["keeper", "lighthouse", "winter"])
    }

    @Test func explanationsAddUpToTheScore() throws {
        let questions = [
            ["q": ["a keeper by the sea"]], ["q": ["Sunshine Road"]], ["q": ["love"], "mood": ["romantic"]],
            ["q": ["sea"], "like": [try id("The Salt Harbour")]], ["mood": ["-dark"]],
            ["q": ["monk"], "semanticRatio": ["0.2"]],
        ]
        for question in questions {
            let answer = try answer(question.merging(["explain": ["true"]]) { $1 })
            for hit in answer.hits {
                let legs = try #require(hit.explanation)
                #expect(abs(legs.reduce(0) { $0 + $1.contribution } - hit.score) < 1e-12)
                #expect(abs(legs.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
                #expect(abs(hit.reasons.reduce(0) { $0 + $1.contribution } - hit.score) < 1e-12)
                for leg in legs {
                    #expect(abs(leg.value * leg.weight - leg.contribution) < 1e-12)
                    #expect((1...answer.estimatedTotalHits).contains(leg.rank))
                }
            }
            for leg in Leg.allCases {
                let values = answer.hits.compactMap { $0.explanation?.first { $0.leg == leg } }
                #expect(values.allSatisfy { ($0.rank == 1) == ($0.value == values.map(\.value).max()) }, "\(leg)")
            }
        }
        #expect(try answer(["q": ["sea"]]).hits.allSatisfy { $0.explanation == nil })
    }

    @Test func nothingIsAnAnswer() throws {
        let answer = try answer(["q": ["the sea"], "minYear": ["1990"], "maxPages": ["200"], "language": ["fr"]])
        let nothing = try #require(answer.nothing)
        #expect(answer.hits.isEmpty && answer.estimatedTotalHits == 0)
        #expect(
            nothing.obstacles == [
                .init(parameter: "language", countWithout: 2), .init(parameter: "maxPages", countWithout: 1),
            ])
        #expect(Set(nothing.nearest.map(\.book.title)) == ["The Glass Lighthouse", "A Field Guide to Moss"])
        #expect(
            nothing.text
                == "We looked for “the sea”. No book fits all that you ask for; without what you ask about the language 2 books would."
        )
    }

    @Test(arguments: ["灯台", "маяк", "½", "ﬁre", "㍿ ﷺ", "e\u{301}\u{323}", "the of and", "🙂", "a", "?!"])
    func oddWordsFindSomething(query: String) throws {
        #expect(try titles(["q": [query]]).count == 6)
    }

    @Test func similarBooksMayBeOfOthers() throws {
        let lighthouse = try id("The Glass Lighthouse")
        func titles(_ authors: Bool, _ series: Bool) throws -> [String] {
            try host.similar(to: SimilarRequest(book: lighthouse, otherAuthors: authors, otherSeries: series)).hits.map(
                \.book.title)
        }
        #expect(try titles(false, false).contains("The Salt Harbour"))
        #expect(try titles(true, false).contains("The Salt Harbour") == false)
        #expect(try titles(false, true).contains("The Salt Harbour") == false)
        #expect(try titles(false, true).count == 4)
    }

    @Test func suggestionsCompleteAndForgive() throws {
        func texts(_ text: String) throws -> [String] { try host.suggestions(for: text, limit: 8).map(\.text) }
        #expect(try texts("the gla") == ["The Glass Lighthouse"])
        #expect(try texts("ursu").first == "Ursula Verne")
        #expect(try host.suggestions(for: "ursu", limit: 8)[0].kind == .author)
        #expect(try texts("lihgt").contains("The Glass Lighthouse"))
        #expect(try texts("tid").contains("Tides"))
        #expect(try texts("sun").first == "Sunshine Road")
        #expect(try texts("").isEmpty)
        #expect(try texts("zzzz").isEmpty)
        #expect(throws: RequestError.limitOutOfRange(0)) { try host.suggestions(for: "a", limit: 0) }
    }

    @Test func parametersComeBackAsTheyWere() throws {
        let asked: [String: [String]] = [
            "q": ["a b"], "like": ["x,y"], "mood": ["hopeful:0.5"], "category": ["Detective, American", "Sea"],
            "author": ["O, P"],
            "notBy": ["q"], "language": ["fr"], "minYear": ["-400"], "maxPages": ["300"], "minRating": ["3.5"],
            "exclude": ["z"],
            "sort": ["newest"], "semanticRatio": ["0.25"],
        ]
        let request = try SearchRequest(parsing: { asked[$0] ?? [] })
        var again: [String: [String]] = [:]
        for (name, value) in request.parameters { again[name, default: []].append(value) }
        #expect(again == asked)
    }
}
