import Catalog
import Foundation
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

/// Moods and filters in addresses and on pages.
@Suite struct TasteFormTests {
    @Test func theFormHoldsWhatWasAskedFor() async throws {
        let html = try await TestService.send(
            "/search?q=salt&mood=hopeful,-dark:0.5&genre=fantasy,horror&avoid=war&length=long&fiction=yes"
        ).text
        #expect(html.contains(#"name="mood.hopeful" min="-1" max="1" step="0.5" value="1.0""#))
        #expect(html.contains(#"name="mood.dark" min="-1" max="1" step="0.5" value="-0.5""#))
        #expect(html.contains(#"name="mood.sad" min="-1" max="1" step="0.5" value="0.0""#))
        #expect(html.contains(#"<input type="checkbox" name="genre" value="horror" checked>"#))
        #expect(html.contains(#"<input type="checkbox" name="genre" value="romance">"#))
        #expect(html.contains(#"<input type="checkbox" name="length" value="long" checked>"#))
        #expect(html.contains(#"<option value="yes" selected>"#))
        #expect(html.contains(#"<span class="chosen">(7 chosen)</span>"#))
    }

    @Test func fieldsHoldNumbersAndNames() async throws {
        let html = try await TestService.send(
            "/search?q=salt&sort=newest&minYear=-800&maxYear=2010&minPages=20&maxPages=900&minRating=2.75&language=en,ja"
                + "&author=Ellind&author=R.+J.&notBy=%22%3CNobody%3E&maxRating=4.9"
        ).text
        #expect(html.contains(#"<option value="newest" selected>Newest</option>"#))
        for (name, value) in [
            ("minYear", "-800"), ("maxYear", "2010"), ("minPages", "20"), ("maxPages", "900"), ("minRating", "2.75"),
            ("language", "English, Japanese"), ("author", "Ellind"), ("author", "R. J."),
            ("notBy", "&quot;&lt;Nobody&gt;"),
        ] {
            #expect(html.contains("<input name=\"\(name)\" value=\"\(value)\""), "\(name)")
        }
        #expect(html.contains(#"<input type="hidden" name="maxRating" value="4.9">"#))
    }

    @Test func whatHasNoFieldIsKept() async throws {
        let html = try await TestService.send(
            "/search?q=salt&like=w-owl,9783161484100&unlike=w-bare&category=A,+B&category=C&feels=hopeful&exclude=x,y"
                + "&semanticRatio=0.7&mood=joy:0.5,sad"
        ).text
        for (name, value) in [
            ("like", "w-owl,9783161484100"), ("unlike", "w-bare"), ("category", "A, B"), ("category", "C"),
            ("feels", "hopeful"), ("exclude", "x,y"), ("semanticRatio", "0.7"), ("mood", "joy:0.5"),
        ] {
            #expect(html.contains("<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"), "\(name)")
        }
        #expect(!html.contains(#"type="hidden" name="q""#))
    }

    /// Chips: what each says, and the search without it.
    private static func wishes(_ html: String) -> [String: String] {
        let links = html.matches(
            of: #/<li><a href="([^"]*)" rel="nofollow"><span class="unseen">Take back: <\/span>([^<]*) </#)
        var wishes: [String: String] = [:]
        for link in links { wishes[String(link.2)] = String(link.1).replacing("&amp;", with: "&") }
        return wishes
    }

    @Test func eachWishCanBeTakenBack() async throws {
        let html = try await TestService.send(
            "/search?q=salt&like=w-owl&mood=-dark&strength=0.6&genre=fantasy,horror&avoid=war&exclude=gone&minYear=1990"
        ).text
        let (genres, rest) = ("&genre=fantasy%2Chorror", "&avoid=war&minYear=1990&exclude=gone")
        let (start, mood) = ("/search?q=salt&like=w-owl", "&mood=-dark&strength=0.6")
        #expect(
            Self.wishes(html) == [
                "More like “The School Under the Owl”": "/search?q=salt\(mood)\(genres)\(rest)",
                // How much moods count goes with the last of them.
                "Less dark": "\(start)\(genres)\(rest)",
                "Fantasy": "\(start)\(mood)&genre=horror\(rest)",
                "Horror": "\(start)\(mood)&genre=fantasy\(rest)",
                "Without war": "\(start)\(mood)\(genres)&minYear=1990&exclude=gone",
                "From 1990 on": "\(start)\(mood)\(genres)&avoid=war&exclude=gone",
                // A book that is not here goes by the name that was given.
                "Without “gone”": "\(start)\(mood)\(genres)&avoid=war&minYear=1990",
            ])
        #expect(html.contains(#"<a class="all" href="/search?q=salt" rel="nofollow">Take back all</a>"#))
        let one = try await TestService.send("/search?q=&like=w-owl").text
        #expect(Self.wishes(one) == ["More like “The School Under the Owl”": "/"])
        #expect(!one.contains("Take back all"))
    }

    @Test func manyBooksAreOneWish() {
        let wishes = SearchRequest(query: "", like: (0..<40).map { "b\($0)" }).wishes(titles: ["b0": "First"])
        #expect(wishes.count == 11)
        #expect(wishes[0].text == "more like “First”")
        #expect(wishes[10].text == "more like 30 other books")
        #expect(wishes[10].others.like == (0..<10).map { "b\($0)" })
    }

    @Test func wishesInWords() throws {
        func words(_ query: String) throws -> String? {
            let parameters = RequestParameters(form: query)
            return try parameters.searchRequest().wishes().words
        }
        #expect(
            try words("mood=hopeful,-dark&genre=fantasy,horror&fiction=yes&length=long&avoid=war,abuse")
                == "more hopeful, less dark; fiction; fantasy or horror; long length; without war, without abuse or "
                + "captivity")
        #expect(
            try words("like=a,b&author=X&author=Y&notBy=Z&language=fr&minYear=-10&maxPages=1&minRating=4&maxRating=4.5")
                == "more like “a”, more like “b”; in French; by X or by Y; not by Z; from 10 BC on; at most 1 page; "
                + "rated at least 4; rated at most 4.5")
        #expect(try words("q=a") == nil)
    }

    @Test func theOrderIsSaid() async throws {
        let html = try await TestService.send("/search?q=&sort=newest").text
        #expect(html.contains("16 books, newest first"))
        #expect(html.contains("</span> everyone, newest first</h1>"))
    }

    @Test func aFormWithoutAScriptAsksTheSame() async throws {
        let sliders =
            "mood.hopeful=1&mood.dark=-0.5&mood.sad=0&strength=0.3&fiction=&pace=&length=&genre=fantasy&genre=horror"
        let html = try await TestService.send("/search?q=salt&\(sliders)").text
        let plain = try await TestService.send("/search?q=salt&mood=hopeful,-dark:0.5&genre=fantasy,horror").text
        #expect(Self.wishes(html) == Self.wishes(plain))
        #expect(Self.wishes(html).count == 4)
        let empty = "sort=&minYear=&maxYear=&minPages=&maxPages=&minRating=&language=&author=&notBy="
        #expect(try await Self.wishes(TestService.send("/search?q=salt&\(empty)").text).isEmpty)
    }

    @Test func pagesKeepWhatWasAskedFor() {
        let preferences = Preferences(
            feelings: [.mood(.dark): -1, .mood(.hopeful): 0.5], strength: 0.6,
            filter: BookFilter(genres: [.fantasy], avoid: [.war, .abuse]))
        let address = SearchAddress.of(SearchRequest(query: "a b", preferences: preferences), page: 2)
        #expect(
            address == "/search?q=a%20b&mood=hopeful%3A0.5%2C-dark&strength=0.6&genre=fantasy&avoid=war%2Cabuse&page=2")
        #expect(SearchAddress.of("a") == "/search?q=a")
        #expect(SearchAddress.of(SearchRequest(query: "", like: ["x"])) == "/search?q=&like=x")
        #expect(SearchAddress.of(SearchRequest(query: "")) == "/")
    }

    @Test func moodsAndEvidenceAreShownAndEscaped() async throws {
        let html = try await TestService.send("/search?q=salt").text
        #expect(html.contains(#"<span class="mood">adventurous</span>"#))
        #expect(html.contains("more than 94 in 100 books here"))
        #expect(html.contains("<q>She finds a &lt;ship&gt; under the dunes.</q>"))
        #expect(html.contains("inferred from the description"))
        let page = try await TestService.send("/books/w-salt-road").text
        #expect(page.contains("What is not named here is not known."))
        #expect(page.contains(#"<form class="opinion" action="/books/w-salt-road/labels" method="post">"#))
    }

    @Test(arguments: [
        ("mood=bored", "unknownChoice", "mood"), ("mood=hopeful:2", "valueOutOfRange", "mood"),
        ("strength=x", "valueOutOfRange", "strength"), ("fiction=maybe", "unknownChoice", "fiction"),
        ("genre=fantasy,nonsense", "unknownChoice", "genre"), ("feels=joy", "unknownChoice", "feels"),
        ("pace=1", "unknownChoice", "pace"), ("length=tiny", "unknownChoice", "length"),
        ("avoid=everything", "unknownChoice", "avoid"), ("genre=%FF", "invalidEncoding", "genre"),
    ])
    func wrongChoicesAreNamed(query: String, code: String, path: String) async throws {
        let problem = try await TestService.send("/api/v1/search?q=salt&\(query)").object
        #expect(problem["code"] as? String == code)
        #expect((problem["errors"] as? [[String: Any]])?.first?["path"] as? String == path)
    }

    @Test func filtersReachTheRecommender() async throws {
        let all = try await TestService.send("/api/v1/search?q=salt").object["estimatedTotalHits"] as? Int
        let long =
            try await TestService.send("/api/v1/search?q=salt&length=medium").object["estimatedTotalHits"] as? Int
        #expect(try #require(long) < #require(all))
        #expect(try await TestService.send("/api/v1/search?length=medium").object["query"] as? String == "")
    }
}
