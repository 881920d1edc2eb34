import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import WebService

/// A question in a body is the question in an address.
struct SearchBodyTests {
    private static let questions: [(query: String, json: String)] = [
        ("q=salt", #"{"q": "salt"}"#),
        ("q=caf%C3%A9+%2B+%E6%9C%88", #"{"q": "café + \u6708"}"#),
        ("q=a%22b%5Cc", #"{"q": "a\"b\\c"}"#),
        ("q=1984", #"{"q": 1984}"#),
        ("q=salt&limit=3&offset=2", #"{"q": "salt", "limit": 3, "offset": 2}"#),
        ("q=salt&limit=3", #"{"q": "salt", "limit": 3.0, "offset": null, "genre": [], "sort": ""}"#),
        ("q=slat&explain=true&facets=false", #"{"q": "slat", "explain": true, "facets": false}"#),
        ("like=w-brine,w-fog&unlike=w-bare", #"{"like": ["w-brine", "w-fog"], "unlike": "w-bare"}"#),
        ("like=w-brine&like=w-fog", #"{"like": "w-brine,w-fog"}"#),
        (
            "q=salt&mood=hopeful,-dark:0.5&strength=0.4",
            #"{"q": "salt", "mood": ["hopeful", "-dark:0.5"], "strength": 0.4}"#
        ),
        ("genre=fantasy,mystery&length=long", #"{"genre": ["fantasy", "mystery"], "length": ["long"]}"#),
        ("genre=fantasy,mystery", #"{"genre": "fantasy, mystery"}"#),
        ("fiction=no&feels=adventurous&pace=slow", #"{"fiction": "no", "feels": "adventurous", "pace": "slow"}"#),
        ("avoid=war&sort=newest", #"{"avoid": ["war"], "sort": "newest"}"#),
        ("category=Cooking&category=Mystery", #"{"category": ["Cooking", "Mystery"]}"#),
        ("author=Ellind&author=pell&notBy=quill", #"{"author": ["Ellind", "pell"], "notBy": "quill"}"#),
        ("language=en,German&minYear=-800", #"{"language": ["en", "German"], "minYear": -800}"#),
        ("minYear=1900&maxYear=2000&minPages=100", #"{"minYear": 1900, "maxYear": "2000", "minPages": 100}"#),
        ("maxPages=400&minRating=3.5&maxRating=4.5", #"{"maxPages": 400, "minRating": 3.5, "maxRating": 4.5}"#),
        ("q=salt&exclude=w-salt-road,9781402894626", #"{"q": "salt", "exclude": ["w-salt-road", "9781402894626"]}"#),
        ("q=salt&semanticRatio=0", #"{"q": "salt", "semanticRatio": 0}"#),
        ("q=nothing+at+all&genre=fantasy", #"{"q": "nothing at all", "genre": "fantasy"}"#),
    ]

    @Test(arguments: questions)
    func theAnswerIsTheSameToTheByte(query: String, json: String) async throws {
        let name: HTTPFields = [.requestID: "same"]
        let get = try await TestService.send("/api/v1/search?\(query)", headers: name)
        let post = try await TestService.send("/api/v1/search", method: .post, headers: name, body: json)
        #expect(get.status == .ok)
        #expect(post.status == .ok)
        #expect(get.headers[.contentType] == post.headers[.contentType])
        func timeless(_ response: TestResponse) -> String {
            response.text.replacing(/"processingTimeMs":[0-9.e-]+/, with: "")
        }
        #expect(timeless(get) == timeless(post))
    }

    @Test func commasInABodyPartListsButNotNames() async throws {
        let body = #"{"category": "</li><li>", "author": "O'Neil & <b>Daughters</b>"}"#
        let answer = try await TestService.send("/api/v1/search", method: .post, body: body).object
        #expect(answer["estimatedTotalHits"] as? Int == 1)
        let pair = #"{"category": "Cooking,Mystery"}"#
        let none = try await TestService.send("/api/v1/search", method: .post, body: pair).object
        #expect(none["estimatedTotalHits"] as? Int == 0)
    }
}
