import Catalog
import Foundation
import HTTPTypes
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

struct SearchAPITests {
    static let bookKeys: Set = [
        "id", "title", "subtitle", "authors", "series", "language", "isbn13s", "year", "pages", "categories",
        "averageRating", "ratingsCount", "description", "coverUrl", "impression",
    ]
    static let hitKeys: Set = ["book", "passage", "reasons", "score"]
    static let answerKeys: Set = [
        "query", "hits", "estimatedTotalHits", "facets", "noResult", "understood", "processingTimeMs", "requestId",
    ]

    @Test func answersWithExactlyTheseKeys() async throws {
        let response = try await TestService.send("/api/v1/search?q=salt%20road&limit=3")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/json")
        let answer = try response.object
        #expect(Set(answer.keys) == Self.answerKeys)
        #expect(answer["noResult"] is NSNull)
        #expect(answer["query"] as? String == "salt road")
        #expect(answer["estimatedTotalHits"] as? Int == InventedBooks.all.count)
        #expect(answer["requestId"] as? String == response.requestID)
        #expect(try #require(answer["processingTimeMs"] as? Double) > 0)
        let hits = try #require(answer["hits"] as? [[String: Any]])
        #expect(hits.count == 3)
        for hit in hits {
            #expect(Set(hit.keys) == Self.hitKeys)
            #expect(Set(try #require(hit["book"] as? [String: Any]).keys) == Self.bookKeys)
            let reasons = try #require(hit["reasons"] as? [[String: Any]])
            #expect(!reasons.isEmpty)
            #expect(reasons.allSatisfy { Set($0.keys) == ["kind", "text", "contribution"] })
        }
        let passage = try #require(hits[0]["passage"] as? [String: Any])
        #expect(Set(passage.keys) == ["pieces"])
        let pieces = try #require(passage["pieces"] as? [[String: Any]])
        #expect(pieces.allSatisfy { Set($0.keys) == ["text", "isMatch"] })
        #expect(pieces.filter { $0["isMatch"] as? Bool == true }.map { $0["text"] as? String } == ["salt"])
        #expect((hits[0]["book"] as? [String: Any])?["title"] as? String == "The Salt Road")
    }

    @Test func limitAndOffsetCutOneRanking() async throws {
        let whole = try await Self.ids("/api/v1/search?q=salt&limit=100")
        #expect(whole.count == InventedBooks.all.count)
        #expect(try await Self.ids("/api/v1/search?q=salt") == Array(whole.prefix(10)))
        #expect(try await Self.ids("/api/v1/search?q=salt&limit=4&offset=3") == Array(whole[3..<7]))
        #expect(try await Self.ids("/api/v1/search?q=salt&offset=9223372036854775807") == [])
    }

    @Test func facetsCountEachKindUnlessThatIsNotWanted() async throws {
        let answer = try await TestService.send("/api/v1/search?q=salt&genre=fantasy&length=long").object
        let facets = try #require(answer["facets"] as? [[String: Any]])
        #expect(facets.map { $0["name"] as? String } == Facet.Name.allCases.map(\.rawValue))
        for facet in facets {
            #expect(Set(facet.keys) == ["name", "parameters", "values"])
            let values = try #require(facet["values"] as? [[String: Any]])
            #expect(values.allSatisfy { Set($0.keys) == ["value", "name", "count"] })
        }
        #expect(
            facets.first { $0["name"] as? String == "decade" }?["parameters"] as? [String] == ["maxYear", "minYear"])
        #expect(facets.first { $0["name"] as? String == "mood" }?["parameters"] as? [String] == ["feels"])
        // A genre's count leaves out which genre was asked for, but not the length.
        let genres = try #require(facets.first { $0["name"] as? String == "genre" }?["values"] as? [[String: Any]])
        #expect(genres.map { $0["value"] as? String } == ["adventure", "fantasy", "historical-fiction"])
        for off in ["false", "0", "no"] {
            let without = try await TestService.send("/api/v1/search?q=salt&facets=\(off)").object
            #expect(Set(without.keys) == Self.answerKeys.subtracting(["facets"]))
        }
    }

    @Test func everyHitIsExplainedWhereThatIsWanted() async throws {
        let answer = try await TestService.send("/api/v1/search?q=salt&mood=hopeful&explain=true&limit=3").object
        for hit in try #require(answer["hits"] as? [[String: Any]]) {
            #expect(Set(hit.keys) == Self.hitKeys.union(["explanation"]))
            let legs = try #require(hit["explanation"] as? [[String: Any]])
            #expect(legs.map { $0["leg"] as? String } == ["meaning", "keywords", "rating", "mood", "examples"])
            #expect(legs.allSatisfy { Set($0.keys) == ["leg", "rank", "value", "weight", "contribution"] })
            let sum = legs.compactMap { $0["contribution"] as? Double }.reduce(0, +)
            #expect(abs(sum - (try #require(hit["score"] as? Double))) < 1e-9)
        }
    }

    @Test func whatWasUnderstoodIsTold() async throws {
        let answer = try await TestService.send("/api/v1/search?q=slat+road").object
        #expect(answer["query"] as? String == "slat road")
        let understood = try #require(answer["understood"] as? [String: Any])
        #expect(Set(understood.keys) == ["corrections", "isbn"])
        #expect(understood["isbn"] is NSNull)
        #expect(understood["corrections"] as? [[String: String]] == [["from": "slat", "to": "salt"]])
        let named = try await TestService.send("/api/v1/search?q=0-306-40615-2").object
        #expect((named["understood"] as? [String: Any])?["isbn"] as? String == "9780306406157")
        let hits = try #require(named["hits"] as? [[String: Any]])
        #expect(hits.count == 1)
        #expect(hits[0]["passage"] is NSNull)
    }

    @Test func noMatchIsAnEmptyListWithAWayOut() async throws {
        let response = try await TestService.send("/api/v1/search?q=nothing+at+all&genre=fantasy&explain=true")
        #expect(response.status == .ok)
        let answer = try response.object
        #expect(Set(answer.keys) == Self.answerKeys)
        #expect(try #require(answer["hits"] as? [Any]).isEmpty)
        #expect(answer["estimatedTotalHits"] as? Int == 0)
        let nothing = try #require(answer["noResult"] as? [String: Any])
        #expect(Set(nothing.keys) == ["text", "obstacles", "nearest"])
        #expect(try #require(nothing["nearest"] as? [[String: Any]]).count == 3)
        // As of every hit, the book of each has a cover.
        let near = try #require(nothing["nearest"] as? [[String: Any]])
        #expect(near.allSatisfy { ($0["book"] as? [String: Any])?["coverUrl"] is String })
    }

    @Test func whatHidesMostIsNamedFirst() async throws {
        let answer = try await TestService.send("/api/v1/search?q=salt&minYear=2900&language=ja").object
        let nothing = try #require(answer["noResult"] as? [String: Any])
        let obstacles = try #require(nothing["obstacles"] as? [[String: Any]])
        #expect(obstacles.allSatisfy { Set($0.keys) == ["parameter", "countWithout"] })
        #expect(obstacles.map { $0["parameter"] as? String } == ["minYear"])
        #expect(obstacles.map { $0["countWithout"] as? Int } == [1])
    }

    @Test func examplesAreNotAmongTheHits() async throws {
        let ids = try await Self.ids("/api/v1/search?like=w-salt-road,w-brine&unlike=9781402894626&limit=100")
        #expect(ids.count == InventedBooks.all.count - 3)
        #expect(Set(ids).isDisjoint(with: ["w-salt-road", "w-brine", InventedBooks.hostile.rawValue]))
        let sorted = try await Self.ids("/api/v1/search?sort=oldest&limit=2")
        #expect(sorted == ["w-accented", "w-fog"])
    }

    private static let filters: [(query: String, found: [String])] = [
        ("language=Japanese", ["w-moon"]), ("language=deu,jpn", ["w-moon", "w-word"]),
        ("author=ellind", ["w-salt-road"]),
        ("category=Historical+Fiction", ["w-salt-road"]), ("category=Cooking&category=Mystery", ["w-bread", "w-fog"]),
        ("maxYear=1900", ["w-accented", "w-fog"]), ("minYear=-800&maxYear=-1", ["w-accented"]),
        ("minPages=500", ["w-accented", "w-owl"]), ("maxPages=50", ["w/hostile \"id\"&<x>"]),
        ("minRating=4.6", ["w-accented", "w-stars"]), ("maxRating=3", ["w-word"]), ("genre=fantasy", ["w-owl"]),
        ("maxYear=1900&exclude=w-fog,nobody", ["w-accented"]), ("maxYear=1900&notBy=Pell", ["w-accented"]),
    ]

    @Test(arguments: filters)
    func filtersReachTheRecommender(query: String, found: [String]) async throws {
        #expect(try await Self.ids("/api/v1/search?limit=100&\(query)").sorted() == found.sorted())
    }

    @Test func suggestionsHaveExactlyTheseKeys() async throws {
        let response = try await TestService.send("/api/v1/suggest?q=The+S&limit=5")
        #expect(response.status == .ok)
        let answer = try response.object
        #expect(Set(answer.keys) == ["query", "suggestions", "processingTimeMs", "requestId"])
        #expect(answer["query"] as? String == "The S")
        let suggestions = try #require(answer["suggestions"] as? [[String: Any]])
        #expect(suggestions.allSatisfy { Set($0.keys) == ["kind", "text", "authors", "book", "readers"] })
        #expect(suggestions.map { $0["text"] as? String } == ["The School Under the Owl", "The Salt Road"])
        let series = try await TestService.send("/api/v1/suggest?q=lantern").object["suggestions"] as? [[String: Any]]
        #expect(series?.first?["kind"] as? String == "series")
        #expect(series?.first?["book"] is NSNull)
    }

    @Test(arguments: ["", "?q=", "?q=+%20", "?q=zzz"])
    func nothingToCompleteIsAnEmptyList(query: String) async throws {
        let response = try await TestService.send("/api/v1/suggest\(query)")
        #expect(response.status == .ok)
        #expect(try #require(response.object["suggestions"] as? [Any]).isEmpty)
    }

    @Test func aPlusIsASpaceAndUnicodeSurvives() async throws {
        let response = try await TestService.send("/api/v1/search?q=caf%C3%A9+%2B+%E6%9C%88")
        #expect(try response.object["query"] as? String == "café + 月")
    }

    @Test func theLongestQueryIsAnswered() async throws {
        let response = try await TestService.send("/api/v1/search?q=" + String(repeating: "%61", count: 2_000))
        #expect(response.status == .ok)
    }

    @Test func anUnexpectedErrorTellsNothing() async throws {
        struct Secret: Error { let password = "hunter2" }
        let response = try await TestService.send(
            "/api/v1/search?q=a", recommender: ShelfRecommender(failure: Secret()))
        #expect(response.status == .internalServerError)
        #expect(try response.object["code"] as? String == "internalError")
        #expect(try response.keys.contains("errors") == false)
        #expect(!response.text.contains("hunter2"))
    }

    static func ids(_ uri: String) async throws -> [String] {
        let answer = try await TestService.send(uri).object
        let hits = try #require(answer["hits"] as? [[String: Any]])
        return hits.compactMap { ($0["book"] as? [String: Any])?["id"] as? String }
    }
}
