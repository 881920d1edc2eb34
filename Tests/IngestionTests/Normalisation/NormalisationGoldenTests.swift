import Catalog
import Foundation
import Testing

@testable import Ingestion

/// What Python's standard library makes of the same values; see Golden/make_normalisation_golden.py.
@Suite("Normalisation, against Python")
struct NormalisationGoldenTests {
    private struct Golden: Decodable {
        struct Text: Decodable {
            var raw: String
            var text: String
        }
        struct Day: Decodable {
            var raw: String
            var value: Int?
        }
        struct ISBN: Decodable {
            var raw: String
            var isbn: String?
            var kind: String
        }
        struct Pair: Decodable {
            var isbn13: String
            var isbn10: String
            var isbn: String?
        }
        var mojibake: [Text]
        var entities: [Text]
        var days: [Day]
        var isbns: [ISBN]
        var pairs: [Pair]
    }

    private let golden: Golden
    private var normaliser = Normaliser()

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Golden/normalisation_golden.json")
        golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }

    @Test mutating func mojibakeIsReadBack() {
        #expect(golden.mojibake.count == 208)
        for golden in golden.mojibake {
            normaliser.reset()
            #expect(bytes(normaliser.text(golden.raw, field: "description")) == bytes(golden.text), "\(golden.raw)")
            #expect(normaliser.steps.map(\.step) == [.mojibakeRepaired], "\(golden.raw)")
        }
    }

    @Test mutating func rightTextStays() {
        for text in Set(golden.mojibake.map(\.text)) {
            #expect(bytes(normaliser.text(text, field: "description")) == bytes(text))
        }
        #expect(normaliser.steps == [])
    }

    @Test mutating func entitiesAreDecoded() {
        #expect(golden.entities.count > 380)
        for golden in golden.entities {
            #expect(bytes(normaliser.text(golden.raw, field: "title")) == bytes(golden.text), "\(golden.raw)")
        }
    }

    @Test mutating func daysAreThoseOfPython() {
        #expect(golden.days.count { $0.value == nil } > 20)
        for golden in golden.days {
            let expected = golden.value.map(NumberReading.value) ?? .unreadable
            #expect(normaliser.day(golden.raw, field: "day") == expected, "\(golden.raw)")
        }
    }

    @Test mutating func isbnsAreThoseOfTheChecksum() {
        for golden in golden.isbns {
            let expected: ISBNFieldReading =
                switch golden.kind {
                case "isbn": golden.isbn.flatMap { ISBN13($0) }.map(ISBNFieldReading.isbn) ?? .none
                case "unprovable": .unprovable
                default: .wrong
                }
            #expect(normaliser.isbn(golden.raw, field: "isbn13") == expected, "\(golden.raw)")
        }
    }

    @Test mutating func aFloatIsProvedByTheISBN10() {
        #expect(golden.pairs.count > 100)
        for golden in golden.pairs {
            let expected: ISBNReading =
                golden.isbn.flatMap { ISBN13($0) }.map { .isbn($0, disagreeing: nil) } ?? .unprovable
            let reading = normaliser.isbn(isbn13: golden.isbn13, isbn10: golden.isbn10)
            #expect(reading == expected, "\(golden)")
        }
    }

    /// Swift takes composed and decomposed letters for the same.
    private func bytes(_ text: String?) -> [UInt8]? { text.map { Array($0.utf8) } }
}
