import Catalog
import Foundation
import FoundationXML
import HTTPTypes
import HummingbirdTesting
import Recommender
import Testing

@testable import WebService

struct CoverTests {
    @Test(arguments: InventedBooks.all)
    func everyCoverIsXML(work: Work) throws {
        let svg = CoverArt(Book(work)).svg
        let parser = XMLParser(data: Data(svg.utf8))
        let names = ElementNames()
        parser.delegate = names
        #expect(parser.parse(), "\(String(describing: parser.parserError)): \(svg)")
        #expect(names.all.isSubset(of: ["svg", "rect", "g", "path", "circle", "text"]))
        // The name space is a name; nothing else may point elsewhere.
        #expect(!svg.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "").contains("://"))
        #expect(svg.firstMatch(of: #/ (style|href|on[a-z]+)="/#) == nil)
    }

    @Test func theSameBookHasTheSameCover() {
        let books = InventedBooks.all.map(Book.init)
        #expect(books.map { CoverArt($0).svg } == books.map { CoverArt($0).svg })
        // Known from this program's first version: a change is seen, and meant.
        #expect(CoverArt(books[0]).ornament == .frame)
        #expect(Set(books.map { CoverArt($0).ornament }).count > 3)
        #expect(Set(books.map { CoverArt($0).palette.cloth }).count > 4)
    }

    @Test(arguments: InventedBooks.all)
    func theTitleFitsItsCover(work: Work) {
        let cover = CoverArt(Book(work))
        for setting in [cover.title, cover.authors] {
            #expect(setting.lines.allSatisfy { TextSetting.width(of: $0) * setting.size <= 272 })
            #expect(setting.height <= 212)
        }
    }

    @Test func aTitleIsSetInWholeWords() {
        let setting = TextSetting("The Lighthouse Keeper's Almanac", width: 260, height: 200, sizes: [50, 40, 30, 20])
        #expect(setting.lines.joined(separator: " ") == "The Lighthouse Keeper's Almanac")
        #expect(setting.size < 50)
        #expect(TextSetting("Brine", width: 260, height: 200, sizes: [50, 20]).size == 50)
        #expect(TextSetting("", width: 260, height: 200, sizes: [50]).lines.isEmpty)
        let long = TextSetting(String(repeating: "word ", count: 500), width: 260, height: 100, sizes: [50, 20])
        #expect(long.height <= 100)
        #expect(long.lines.last?.hasSuffix("…") == true)
        let unbroken = TextSetting(String(repeating: "x", count: 90), width: 260, height: 200, sizes: [50, 22])
        #expect(unbroken.lines.count > 1)
    }

    @Test func aSeriesInBracketsIsLeftOut() {
        #expect(CoverArt.shortTitle(of: "The School Under the Owl (Lantern Cycle #2)") == "The School Under the Owl ")
        #expect(CoverArt.shortTitle(of: "(untitled)") == "(untitled)")
    }

    /// WCAG 2.2, success criterion 1.4.3.
    @Test(arguments: CoverPalette.all)
    func inkIsReadableOnCloth(palette: CoverPalette) throws {
        let ink = try Self.luminance(palette.ink), cloth = try Self.luminance(palette.cloth)
        #expect((max(ink, cloth) + 0.05) / (min(ink, cloth) + 0.05) >= 4.5)
    }

    @Test func theCoverIsServedAndKept() async throws {
        let response = try await TestService.send("/covers/w%2Fhostile%20%22id%22%26%3Cx%3E.svg")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "image/svg+xml")
        #expect(response.headers[.cacheControl] == "public, max-age=86400")
        #expect(response.text.contains("&lt;script&gt;"))
        #expect(!response.text.contains("<script"))
    }

    private final class ElementNames: NSObject, XMLParserDelegate {
        var all: Set<String> = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            all.insert(name)
        }
    }

    private static func luminance(_ colour: String) throws -> Double {
        let value = try #require(Int(colour.dropFirst(), radix: 16))
        let channels = [value >> 16, value >> 8 & 255, value & 255].map { channel in
            let part = Double(channel) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }
}
