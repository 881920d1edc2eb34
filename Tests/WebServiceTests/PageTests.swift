import Catalog
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Recommender
@testable import WebService

struct PageTests {
    /// Every page for people, errors and an empty search among them.
    static let pages = [
        "/", "/search", "/search?q=%20", "/search?q=salt", "/search?q=salt&page=2", "/search?q=nothing+at+all",
        "/search?q=salt&page=900", "/search?q=salt&page=0", "/search?q=%FF", "/books/w-salt-road", "/books/w-bare",
        "/search?q=&like=w-salt-road", "/search?q=slat&genre=fantasy,cooking&minYear=2000&sort=newest",
        "/search?q=salt&genre=romance&author=Nobody&exclude=w-bare", "/search?q=&sort=oldest",
        "/books/w-accented", "/books/w%2Fhostile%20%22id%22%26%3Cx%3E", "/books/nobody", "/nowhere", "/docs",
    ]

    @Test(arguments: pages)
    func everyPageIsWellMade(uri: String) async throws {
        let html = try await TestService.send(uri).text
        #expect(html.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
        for part in [
            "<header", "<main id=\"main\"", "<footer", "<a class=\"skip\" href=\"#main\">", "<label for=\"q\">",
            "<meta name=\"description\" content=\"", "<meta name=\"viewport\"",
        ] {
            #expect(html.contains(part), "\(part)")
        }
        let title = try #require(html.firstMatch(of: #/<title>(.+) · Bookrec<\/title>/#)?.1)
        #expect(!title.isEmpty)
        #expect(html.matches(of: #/<h1[ >]/#).count == 1)
        // Each heading is at most one level below the one before.
        let levels = html.matches(of: #/<h([1-6])[ >]/#).compactMap { Int($0.1) }
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
        // A name that no template fills, or one filled by its own text.
        #expect(html.replacing("{{frame.title}} {{{title}}}", with: "").contains("{{") == false)
        let ids = html.matches(of: #/ id="([^"]*)"/#).map(\.1)
        #expect(Set(ids).count == ids.count, "\(ids)")
    }

    @Test(arguments: pages)
    func nothingIsLoadedFromElsewhereOrWrittenInline(uri: String) async throws {
        let html = try await TestService.send(uri).text
        for tag in html.matches(of: #/<[a-z][^>]*>/#).map({ String($0.output) }) {
            for attribute in tag.matches(of: #/ (src|href|action|srcset|poster|data)="([^"]*)"/#) {
                #expect(attribute.2.hasPrefix("/") || attribute.2.hasPrefix("#"), "\(tag)")
                #expect(!attribute.2.hasPrefix("//"), "\(tag)")
            }
            #expect(tag.firstMatch(of: #/ (style|on[a-z]+)=/#) == nil, "\(tag)")
        }
        #expect(!html.contains("<style"))
        #expect(html.matches(of: #/<script/#).count == 1)
    }

    @Test(arguments: ["/", "/search?q=script", "/books/w%2Fhostile%20%22id%22%26%3Cx%3E", "/books/w-bare"])
    func hostileTextStaysText(uri: String) async throws {
        let html = try await TestService.send(uri).text
        #expect(html.contains("&lt;script&gt;alert(&#39;title&#39;)&lt;/script&gt; &amp; &quot;Sons&quot;"))
        #expect(html.contains("O&#39;Neil &amp; &lt;b&gt;Daughters&lt;/b&gt;"))
        for markup in ["<script>", "<b>", "onerror=alert(2)>", "\"Sons\"", "\u{1}"] {
            #expect(!html.contains(markup), "\(markup)")
        }
    }

    /// The quotes have accents on them: see `Markup`.
    @Test func aQuoteWithAnAccentDoesNotLeaveItsAttribute() async throws {
        let query = PercentCoding.encode("\"\u{301} autofocus onfocus=\"\u{301}alert(1)")
        let html = try await TestService.send("/search?q=\(query)").text
        let scalars = Array(html.unicodeScalars)
        for index in scalars.indices where scalars[index] == "\u{301}" {
            #expect(scalars[index - 1] == ";", "an accent stands after a bare \(scalars[index - 1])")
        }
        #expect(html.unicodeScalars.contains("\u{301}"))
        #expect(html.contains("value=\"&quot;\u{301} autofocus"))
    }

    @Test func theQueryIsEchoedAsText() async throws {
        let html = try await TestService.send("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
        #expect(html.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""))
        #expect(!html.contains("<script>"))
    }

    @Test func resultsAreAnOrderedListWithReasons() async throws {
        let html = try await TestService.send("/search?q=salt").text
        #expect(html.contains("<ol class=\"hits\" start=\"1\">"))
        #expect(html.matches(of: #/<article class="hit">/#).count == 10)
        #expect(html.contains("<h2 class=\"title\"><a href=\"/books/w-salt-road\">The Salt Road</a></h2>"))
        #expect(html.contains("4.2 of 5 from 1,234 readers"))
        #expect(html.contains("<li>1998</li>\n<li>312 pages</li>\n<li>Fiction</li>"))
        #expect(html.contains("It is about much the same as “salt”."))
        #expect(html.contains("<img src=\"/covers/w-salt-road.svg\" alt=\"\""))
        #expect(!html.contains("covers.example"))
        #expect(html.contains("1–10 of 16 books, best first"))
    }

    @Test func aBookWithoutFactsTakesNothingFromItsNeighbours() async throws {
        let html = try await TestService.send("/search?q=ledger").text
        let articles = html.split(separator: "<article class=\"hit\">")
        let bare = try #require(articles.first { $0.contains("Untitled Ledger</a>") })
        for absent in ["class=\"subtitle\"", "class=\"authors\"", "class=\"blurb\"", "class=\"rating\"", "facts"] {
            #expect(!bare.contains(absent), "\(absent)")
        }
    }

    @Test func pagesAreLinked() async throws {
        let first = try await TestService.send("/search?q=salt+%26+sea").text
        #expect(first.contains("<a rel=\"next\" href=\"/search?q=salt%20%26%20sea&amp;page=2\">Next page</a>"))
        #expect(!first.contains("Previous page"))
        let second = try await TestService.send("/search?q=salt+%26+sea&page=2").text
        #expect(second.contains("<a rel=\"prev\" href=\"/search?q=salt%20%26%20sea\">Previous page</a>"))
        #expect(second.contains("<ol class=\"hits\" start=\"11\">"))
        #expect(second.matches(of: #/<article class="hit">/#).count == InventedBooks.all.count - 10)
        #expect(!second.contains("Next page"))
        let beyond = try await TestService.send("/search?q=salt&page=3")
        #expect(beyond.status == .ok)
        #expect(beyond.text.contains("There are no more books for this search."))
    }

    @Test func anEmptyQueryIsTheHomePageWithAHint() async throws {
        let home = try await TestService.send("/").text
        #expect(home.contains("<form class=\"search\" action=\"/search\" method=\"get\" role=\"search\">"))
        #expect(home.contains("href=\"/search?q=a%20quiet%20novel%20about%20growing%20old\""))
        #expect(home.contains("16 books on the shelves."))
        #expect(!home.contains("class=\"hint\""))
        for uri in ["/search", "/search?q=", "/search?q=+"] {
            let response = try await TestService.send(uri)
            #expect(response.status == .ok)
            #expect(response.text.contains("class=\"hint\""))
        }
    }

    @Test func noResultIsSaid() async throws {
        let response = try await TestService.send("/search?q=nothing+at+all")
        #expect(response.status == .ok)
        #expect(response.text.contains("No book on this shelf answers “nothing at all”."))
        #expect(!response.text.contains("<ol"))
    }

    @Test func withoutAReasonNoResultHasOne() async throws {
        let view = NoResultView(nil, question: SearchRequest(query: "x"), wishes: [])
        #expect(view.why.hasPrefix("No book on our shelves answers this."))
        #expect(!view.hasObstacles && !view.hasNearest)
    }

    @Test func obstaclesAreLinksWithoutThem() async throws {
        let html = try await TestService.send("/search?q=salt&genre=mystery&minYear=2020&maxPages=900").text
        #expect(html.contains("No book on this shelf answers “salt”."))
        #expect(
            html.contains(
                #"<a href="/search?q=salt&amp;genre=mystery&amp;maxPages=900" rel="nofollow">Drop “from 2020 on”</a>"#))
        #expect(html.contains("<h2 id=\"nearest\">The nearest books</h2>"))
        let nearest = try #require(html.split(separator: "id=\"nearest\"").last)
        #expect(nearest.contains("<h3 class=\"title\">"))
        // More like one of them is asked of those that there are.
        #expect(
            nearest.contains(
                #/<a class="more" href="\/search\?q=salt&amp;like=[^&"]+&amp;minYear=2020&amp;maxPages=900"/#))
    }

    @Test func misspeltWordsAreReadAsOthers() async throws {
        let html = try await TestService.send("/search?q=slat+lighthuose").text
        #expect(html.contains("Read <em>slat</em> as <em>salt</em>. Read <em>lighthuose</em> as <em>lighthouse</em>."))
        #expect(try await !TestService.send("/search?q=salt").text.contains("class=\"reading\""))
    }

    @Test func wordsAreMarkedWhereTheyStand() async throws {
        let html = try await TestService.send("/search?q=salt").text
        #expect(html.contains(#/<p class="passage">For three generations .*<mark>salt<\/mark>/#))
        // The beginning of a description is not there twice.
        let first = try #require(html.split(separator: "<article class=\"hit\">").dropFirst().first)
        #expect(!first.contains("class=\"blurb\""))
        #expect(first.matches(of: #/For three generations/#).count == 1)
        let hostile = try await TestService.send("/search?q=%3Cb%3E").text
        #expect(!hostile.contains("<b>"))
    }

    @Test func aPassageFromTheMiddleIsBesideTheBeginning() {
        let book = InventedBooks.all[0]
        let hit = BookHit(
            book: Book(book), score: 1, reasons: [],
            passage: Passage(pieces: [.init(text: "a <b>", isMatch: true), .init(text: " & c", isMatch: false)]))
        let view = HitView(hit, headingLevel: 2, question: SearchRequest(query: "a"))
        #expect(view.blurb == book.description)
        #expect(view.passage.map(\.isMatch) == [true, false])
    }

    @Test func booksAreExamples() async throws {
        let html = try await TestService.send("/search?q=salt&like=w-owl&fiction=yes").text
        #expect(
            html.contains(
                #"<a class="more" href="/search?q=salt&amp;like=w-owl%2Cw-salt-road&amp;fiction=yes" rel="nofollow">"#
                    + #"More like this<span class="unseen">: The Salt Road</span></a>"#))
        #expect(
            html.contains(
                #"<a class="less" href="/search?q=salt&amp;like=w-owl&amp;unlike=w-salt-road&amp;fiction=yes""#))
        let page = try await TestService.send("/books/w-salt-road").text
        #expect(
            page.contains(#"<a class="more" href="/search?q=&amp;like=w-salt-road" rel="nofollow">More like this</a>"#))
        #expect(page.contains(#"<a class="less" href="/search?q=&amp;unlike=w-salt-road""#))
        #expect(page.contains(#"href="/search?q=&amp;like=w-salt-road%2Cw-accented""#))
    }

    @Test func anExampleIsOnOneSideAndNeverOneTooMany() {
        let book = Book(InventedBooks.all[0])
        let many = (0..<100).map { "b\($0)" }
        let question = SearchRequest(query: "", like: many, unlike: [book.id.rawValue])
        let more = ExampleView(book, in: question).more
        #expect(!more.contains("unlike"))
        #expect(!more.contains("=b0%2C") && more.hasSuffix("%2Cb99%2C\(book.id.rawValue)"))
    }

    @Test(arguments: ["/search?q=a&page=0", "/search?q=a&page=abc", "/search?q=a&page=1001", "/search?q=%FF"])
    func whatCannotBeReadIsAPage(uri: String) async throws {
        let response = try await TestService.send(uri)
        #expect(response.status == .badRequest)
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        #expect(response.text.contains("<h1>We could not read that</h1>"))
    }

    @Test func theHomePageStandsWithoutARecommender() async throws {
        struct Broken: Error {}
        let response = try await TestService.send("/", recommender: ShelfRecommender(failure: Broken()))
        #expect(response.status == .ok)
        #expect(!response.text.contains("class=\"shelf\""))
        let results = try await TestService.send("/search?q=a", recommender: ShelfRecommender(failure: Broken()))
        #expect(results.status == .internalServerError)
        #expect(results.text.contains("We lost our place"))
    }

    @Test func theBookPageTellsEverything() async throws {
        let html = try await TestService.send("/books/w-salt-road").text
        #expect(html.contains("<title>The Salt Road by Mara Ellind · Bookrec</title>"))
        #expect(html.contains("and the stories families keep in order to keep going.</p>"))
        #expect(html.contains("<dt>Published</dt><dd>1998</dd>"))
        #expect(html.contains("<dt>ISBN</dt><dd>9780306406157, 9783161484100</dd>"))
        #expect(html.contains("<h2 id=\"similar\">Books like this one</h2>"))
        #expect(html.matches(of: #/Why this book/#).count == 6)
        let old = try await TestService.send("/books/w-accented").text
        #expect(old.contains("<dt>Published</dt><dd>750 BC</dd>"))
        #expect(old.contains("<dd>5.0 of 5 from 1 reader</dd>"))
        let bare = try await TestService.send("/books/w-bare").text
        #expect(bare.contains("Nobody has written a description"))
        #expect(!bare.contains("<dt>Published</dt>"))
    }
}
