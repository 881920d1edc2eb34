import Catalog
import Foundation
import NIOCore
import Recommender
import Testing

@testable import WebService

/// Whatever writes itself must write what `JSONEncoder` would.
@Suite struct JSONWriterTests {
    private func expectSameBytes<Value: JSONWritable & Encodable>(_ value: Value) throws {
        var json = JSONWriter()
        value.write(to: &json)
        let written = String(decoding: json.bytes, as: UTF8.self)
        let encoded = String(buffer: try JSONBody.encode(value))
        #expect(written == encoded)
    }

    @Test func everyStringIsEscapedAsTheEncoderDoes() throws {
        let ascii = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }
        try expectSameBytes(ascii)
        try expectSameBytes(ascii.joined())
        try expectSameBytes(["", "a/b", "Les Misérables", "紅樓夢", "👩🏽‍🚀", "\u{2028}\u{2029}\u{7F}\u{85}\u{FEFF}", "\r\n"])
        // A string that Foundation made has another representation.
        try expectSameBytes(NSString(string: "naïve \"quoted\"\n").appending(" end"))
    }

    @Test func everyNumberHasTheEncodersDigits() throws {
        try expectSameBytes([0, -1, Int.max, Int.min])
        try expectSameBytes([
            0.0, -0.0, 1, 4.17, 0.1 + 0.2, 1e-7, 1e16, 1e21, -2.5e-300, .leastNonzeroMagnitude, 1.0 / 3,
        ])
        try expectSameBytes([Optional(3.6), nil])
    }

    @Test func whatIsNoNumberIsWrittenAsUnknown() {
        var json = JSONWriter()
        [Double.nan, .infinity].write(to: &json)
        #expect(String(decoding: json.bytes, as: UTF8.self) == "[null,null]")
    }

    @Test func booksAndHitsAreTheSame() throws {
        for work in InventedBooks.all {
            try expectSameBytes(Book(work, impression: ShelfRecommender.impression))
            let book = Book(work)
            try expectSameBytes(book)
            try expectSameBytes([BookHit(book: book, score: 0.42, reasons: [])])
            let reasons = [
                Reason(kind: .meaning, text: "Close to “sea”.", contribution: 0.3),
                Reason(kind: .rating, text: "Rated.", contribution: 0),
            ]
            try expectSameBytes(BookHit(book: book.withServedCover, score: 1, reasons: reasons))
        }
        try expectSameBytes([Book]())
    }

    /// An answer's members, as its documentation lists them: the encoder puts them in alphabetical order by itself.
    private struct Expected: Encodable {
        var query: String?
        var book: Book?
        var hits: [BookHit]
        var estimatedTotalHits: Int?
        var processingTimeMs: Double
        var requestId: String
    }

    @Test func answersAreTheSame() throws {
        func written(_ value: some JSONWritable) -> String {
            var json = JSONWriter()
            value.write(to: &json)
            return String(decoding: json.bytes, as: UTF8.self)
        }
        let id = RequestID.random()
        let book = Book(try #require(InventedBooks.all.first))
        let hits = [BookHit(book: book, score: 0.5, reasons: [])]
        let search = SearchController.Answer(
            query: "a \"sea\"", hits: hits, estimatedTotalHits: 7, processingTimeMs: 1.25, requestId: id)
        let expected = Expected(
            query: "a \"sea\"", hits: hits, estimatedTotalHits: 7, processingTimeMs: 1.25, requestId: id.value)
        #expect(written(search) == String(buffer: try JSONBody.encode(expected)))
        let similar = BookController.Answer(book: book, hits: [], processingTimeMs: 2, requestId: id)
        let expectedSimilar = Expected(book: book, hits: [], processingTimeMs: 2, requestId: id.value)
        #expect(written(similar) == String(buffer: try JSONBody.encode(expectedSimilar)))
    }
}
