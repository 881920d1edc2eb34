import Catalog
import Foundation
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

/// The kinds of books beside the results.
@Suite struct FacetPageTests {
    /// The links of one facet: what each says, and where it goes.
    struct Link {
        let address: String
        let name: String
        let count: Int
        let isChosen: Bool
    }

    /// What stands under a heading.
    static func section(_ html: String, _ title: String) -> Substring {
        let section = html.split(separator: "<h2>\(title)</h2>", maxSplits: 1).dropFirst().first ?? ""
        return section.split(separator: "</section>", maxSplits: 1).first ?? ""
    }

    static func links(_ html: String, _ title: String) -> [Link] {
        section(html, title).matches(
            of: #/<a href="([^"]*)" rel="nofollow"([^>]*)><span>([^<]*)<\/span> <span class="count">([0-9,]+)</#
        ).map { match in
            Link(
                address: String(match.1).replacing("&amp;", with: "&"), name: String(match.3),
                count: Int(match.4.replacing(",", with: "")) ?? -1, isChosen: match.2.contains("aria-current"))
        }
    }

    @Test func aValueLeadsToAsManyBooksAsItSays() async throws {
        let html = try await TestService.send("/search?q=salt&maxPages=900").text
        for title in ["Genre", "Mood", "Fiction or not", "Length", "Pace", "Published", "Language", "Category"] {
            let links = Self.links(html, title)
            #expect(!links.isEmpty, "\(title)")
            for link in links {
                #expect(link.address.hasPrefix("/search?q=salt&"))
                #expect(link.address.contains("maxPages=900"))
                #expect(!link.isChosen)
                let found = try await TestService.send(link.address).text
                #expect(found.contains(" of \(Wording.count(link.count, "book", "books")), "), "\(title): \(link)")
                let same = Self.links(found, title).first { $0.name == link.name }
                #expect(same?.isChosen == true, "\(title): \(link)")
                #expect(same?.count == link.count)
                // Chosen again, it is as before.
                #expect(same?.address == "/search?q=salt&maxPages=900")
            }
        }
    }

    @Test func valuesOfOneFacetAddUpAndDecadesTakeTurns() async throws {
        let html = try await TestService.send("/search?q=salt&genre=fantasy&minYear=1990&maxYear=1999").text
        let genres = try await TestService.send("/search?q=salt&genre=fantasy").text
        let cooking = try #require(Self.links(genres, "Genre").first { $0.name == "Cooking and food" })
        #expect(cooking.address == "/search?q=salt&genre=fantasy,cooking".replacing(",", with: "%2C"))
        let decade = try #require(Self.links(html, "Published").first { $0.name == "2000s" })
        #expect(decade.address == "/search?q=salt&genre=fantasy&minYear=2000&maxYear=2009")
    }

    @Test(arguments: [
        ("-750", -750, -741), ("-10", -10, -1), ("0", 0, 9), ("1990", 1990, 1999),
    ])
    func decadesAreTenYears(value: String, first: Int, last: Int) {
        var filter = BookFilter()
        filter.toggle(value, of: .decade)
        #expect(filter.minYear == first)
        #expect(filter.maxYear == last)
        #expect(filter.asks(for: value, of: .decade))
        filter.toggle(value, of: .decade)
        #expect(filter == BookFilter())
    }

    @Test func categoriesAreChosenWhateverTheirCase() {
        var filter = BookFilter()
        filter.categories = ["science FICTION"]
        #expect(filter.asks(for: "Science Fiction", of: .category))
        filter.toggle("Science Fiction", of: .category)
        #expect(filter.categories.isEmpty)
        filter.toggle("Commas, and & more", of: .category)
        #expect(filter.categories == ["Commas, and & more"])
    }

    @Test func manyValuesAreFoldedAwayButNotTheChosen() async throws {
        let html = try await TestService.send("/search?q=salt").text
        let parts = Self.section(html, "Category").split(separator: "<details class=\"rest\">")
        #expect(parts.count == 2)
        #expect(parts[0].matches(of: #/<li>/#).count == 8)
        let last = try #require(Self.links(html, "Category").last)
        #expect(parts[1].contains(last.name))
        let chosen = try await TestService.send(last.address).text
        let first = try #require(Self.section(chosen, "Category").split(separator: "<details class=\"rest\">").first)
        #expect(first.contains(last.name) && first.contains("aria-current=\"true\""))
        #expect(first.matches(of: #/<li>/#).count == 9)
    }
}
