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
        #expect(html.contains(#"<option value="long" selected>"#))
        #expect(html.contains("more hopeful, less dark; fiction; fantasy or horror; long length; without war"))
    }

    @Test func aFormWithoutAScriptAsksTheSame() async throws {
        let sliders =
            "mood.hopeful=1&mood.dark=-0.5&mood.sad=0&strength=0.3&fiction=&pace=&length=&genre=fantasy&genre=horror"
        let html = try await TestService.send("/search?q=salt&\(sliders)").text
        #expect(html.contains("more hopeful, less dark; fantasy or horror"))
    }

    @Test func pagesKeepWhatWasAskedFor() {
        let preferences = Preferences(
            feelings: [.mood(.dark): -1, .mood(.hopeful): 0.5], strength: 0.6,
            filter: BookFilter(genres: [.fantasy], avoid: [.war, .abuse]))
        let address = SearchAddress.of("a b", preferences, page: 2)
        #expect(
            address == "/search?q=a%20b&mood=hopeful%3A0.5%2C-dark&strength=0.6&genre=fantasy&avoid=war%2Cabuse&page=2")
        #expect(SearchAddress.of("a") == "/search?q=a")
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
