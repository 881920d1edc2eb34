import Foundation
import Testing

@testable import LibraryReport

@Suite("The words of the library's figures")
struct WordingTests {
    @Test(arguments: [
        (0, "0%"), (0.0004, "<0.1%"), (0.001, "0.1%"), (0.1234, "12.3%"), (0.5, "50%"), (0.999, "99.9%"),
        (0.9995, ">99.9%"), (1, "100%"),
    ])
    func percent(_ share: Double, _ text: String) { #expect(Wording.percent(share) == text) }

    @Test func numbers() {
        #expect(Wording.grouped(1_234_567) == "1,234,567")
        #expect(Wording.grouped(-1_000) == "−1,000")
        #expect(Wording.count(1, "row", "rows") == "1 row")
        #expect(Wording.decimal(3.9965, places: 2) == "4")
        #expect(Wording.decimal(1_234.5, places: 2) == "1,234.5")
        #expect(Wording.decimal(.nan, places: 2) == "?")
        #expect(Wording.year(-750) == "750 BC")
        #expect(Wording.year(1_999) == "1999")
        #expect(Wording.year(-.infinity) == "1000000000000000 BC")
    }

    @Test func moments() {
        #expect(Wording.moment("2026-01-31T08:05:09Z") == "2026-01-31 08:05 UTC")
        #expect(Wording.moment("yesterday") == "yesterday")
        #expect(Wording.moment("éééééééééé-éééééééée") == "éééééééééé-éééééééée")
    }

    @Test func longNamesEndInDots() {
        #expect(Wording.excerpt("abc", width: 3) == "abc")
        #expect(Wording.excerpt("abcd", width: 3) == "abc…")
        #expect(Wording.excerpt("日本語", width: 4) == "日本…")
    }

    /// Contrasts after WCAG 2.2, "contrast ratio" and "relative luminance".
    @Test func textCanBeRead() throws {
        let style = String(decoding: PackageResources.report_css, as: UTF8.self)
        let themes = style.components(separatedBy: "prefers-color-scheme: dark")
        try #require(themes.count == 2)
        for theme in themes {
            func luminance(_ name: String) throws -> Double {
                let place = try #require(theme.range(of: "--\(name): #"))
                let value = try #require(Int(theme[place.upperBound...].prefix(6), radix: 16))
                let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
                    let part = Double(part) / 255
                    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
                }
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
            }
            func contrast(_ one: String, _ other: String) throws -> Double {
                let (one, other) = (try luminance(one), try luminance(other))
                return (max(one, other) + 0.05) / (min(one, other) + 0.05)
            }
            for ink in ["ink", "soft", "accent"] {
                for ground in ["paper", "leaf"] { #expect(try contrast(ink, ground) >= 4.5, "\(ink) on \(ground)") }
            }
            #expect(try contrast("accent-ink", "accent") >= 4.5)
        }
    }
}
