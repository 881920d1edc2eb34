import Catalog
import Foundation
import NIOCore
import Testing

@testable import Recommender
@testable import WebService

/// Whatever writes itself must write what `JSONEncoder` would.
@Suite struct JSONWriterTests {
    private func expectSameBytes<Value: JSONWritable & Encodable>(_ value: Value) throws {
        #expect(written(value) == String(buffer: try JSONBody.encode(value)))
    }

    private func written(_ value: some JSONWritable) -> String {
        var json = JSONWriter()
        value.write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
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
            let passage = Passage(pieces: [
                .init(text: "The \"dry\" ", isMatch: false), .init(text: "sea", isMatch: true),
            ])
            try expectSameBytes([BookHit(book: book, score: 0.42, reasons: [], passage: passage)])
            let reasons = [
                Reason(kind: .meaning, text: "Close to “sea”.", contribution: 0.3),
                Reason(kind: .rating, text: "Rated.", contribution: 0),
            ]
            try expectSameBytes(BookHit(book: book.withServedCover, score: 1, reasons: reasons, passage: passage))
        }
        try expectSameBytes([Book]())
    }

    @Test func factsOfAnAnswerAreTheSame() throws {
        let corrections = [Understanding.Correction(from: "slat", to: "\"salt\"")]
        try expectSameBytes(Understanding(corrections: corrections, isbn: "9780306406157"))
        let book = WorkID(rawValue: "w/1")
        try expectSameBytes(Suggestion(kind: .title, text: "A", authors: ["B", "C"], book: book, readers: 3))
        try expectSameBytes(NoResult.Obstacle(parameter: "minYear", countWithout: 4))
        try expectSameBytes([Facet.Value(value: "-750", name: "750s BC", count: 1)])
        // A facet tells of its parameters, too.
        let facet = Facet(name: .decade, values: [.init(value: "1990", name: "1990s", count: 2)])
        #expect(
            written(facet)
                == #"{"name":"decade","parameters":["maxYear","minYear"],"values":[{"count":2,"name":"1990s","value":"1990"}]}"#
        )
    }

    @Test func whatIsNotKnownIsNullAndWhatWasNotAskedForIsAbsent() throws {
        #expect(written(Understanding()) == #"{"corrections":[],"isbn":null}"#)
        #expect(
            written(Suggestion(kind: .author, text: "B", readers: 3))
                == #"{"authors":[],"book":null,"kind":"author","readers":3,"text":"B"}"#)
        let book = Book(try #require(InventedBooks.all.first))
        let hit = BookHit(book: book, score: 0.5, reasons: [])
        #expect(written(hit) == #"{"book":\#(written(book)),"passage":null,"reasons":[],"score":0.5}"#)
    }

    @Test func legsAreCalledByTheirNames() {
        for leg in Leg.allCases {
            let own = LegExplanation(leg: leg, rank: 3, value: 0.1, weight: 0.25, contribution: 0.025)
            #expect(
                written(own) == #"{"contribution":0.025,"leg":"\#(leg.name)","rank":3,"value":0.1,"weight":0.25}"#)
        }
        let own = [LegExplanation(leg: .name, rank: 1, value: 1, weight: 1, contribution: 1)]
        let book = Book(Work(id: WorkID(rawValue: "w"), title: "W"))
        let hit = BookHit(book: book, score: 1, reasons: [], explanation: own)
        #expect(written(hit).hasPrefix(#"{"book":\#(written(book)),"explanation":\#(written(own)),"passage":null,"#))
        #expect(written(hit.withServedCover).contains(#""explanation":\#(written(own))"#))
    }

    @Test func anAnswersMembersComeInAlphabeticalOrder() throws {
        let id = try #require(RequestID("r"))
        let book = Book(try #require(InventedBooks.all.first))
        let hits = [BookHit(book: book, score: 0.5, reasons: [])]
        let shown = written(hits.map(\.withServedCover))
        let understood = #"{"corrections":[],"isbn":null}"#
        let search = SearchController.Answer(
            query: "a \"sea\"", answer: SearchAnswer(hits: hits, estimatedTotalHits: 7), processingTimeMs: 1.25,
            requestId: id)
        let rest = #""processingTimeMs":1.25,"query":"a \"sea\"","requestId":"r","understood":\#(understood)}"#
        #expect(written(search) == #"{"estimatedTotalHits":7,"hits":\#(shown),"noResult":null,"# + rest)
        let nothing = NoResult(text: "None.", obstacles: [], nearest: hits)
        let empty = SearchController.Answer(
            query: "a \"sea\"",
            answer: SearchAnswer(hits: [], estimatedTotalHits: 0, facets: [], nothing: nothing),
            processingTimeMs: 1.25, requestId: id)
        let noResult = #"{"nearest":\#(shown),"obstacles":[],"text":"None."}"#
        #expect(
            written(empty) == #"{"estimatedTotalHits":0,"facets":[],"hits":[],"noResult":\#(noResult),"# + rest)
        let similar = BookController.Answer(book: book, hits: [], processingTimeMs: 2, requestId: id)
        #expect(
            written(similar) == #"{"book":\#(written(book)),"hits":[],"processingTimeMs":2,"requestId":"r"}"#)
        let suggestions = SearchController.Suggestions(
            query: "a", suggestions: [], processingTimeMs: 2, requestId: id)
        #expect(written(suggestions) == #"{"processingTimeMs":2,"query":"a","requestId":"r","suggestions":[]}"#)
    }
}
