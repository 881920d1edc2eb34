import EngineTestSupport
import Foundation
import Testing

@testable import TextIndex

/// Against Tests/Golden/make_text_index.py: rapidfuzz, and BM25F in plain
/// Python.
@Suite("TextIndex: golden values")
struct GoldenTextIndexTests {
    struct Golden: Decodable {
        struct Pair: Decodable {
            let first: String
            let second: String
            let distance: Int

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                first = try values.decode(String.self)
                second = try values.decode(String.self)
                distance = try values.decode(Int.self)
            }
        }

        struct Corpus: Decodable {
            struct Term: Decodable {
                let word: String
                let idf: Double
                /// Document and impact, not rounded.
                let postings: [[Double]]
            }

            let fields: [[Float]]
            let saturation: Float
            let documents: [[[String]]]
            let terms: [Term]
        }

        let distances: [Pair]
        let corpora: [Corpus]
    }

    let golden: Golden

    init() throws {
        golden = try GoldenFile.value(of: "text_index.json", as: Golden.self)
    }

    @Test func distancesAreThoseOfRapidfuzz() {
        #expect(golden.distances.count > 3000)
        for pair in golden.distances {
            let (first, second) = (Array(pair.first.unicodeScalars), Array(pair.second.unicodeScalars))
            let distance = pair.distance
            for limit in Set([0, 1, 2, distance - 1, distance, distance + 1, 1000]) {
                let wanted = distance <= limit ? distance : nil
                #expect(EditDistance.optimalStringAlignment(first, second, limit: limit) == wanted)
                #expect(EditDistance.optimalStringAlignment(second, first, limit: limit) == wanted)
                if limit >= 0 { #expect(EditDistance.bandedAlignment(first, second, limit: limit) == wanted) }
            }
        }
    }

    @Test func impactsAreThoseOfPython() throws {
        #expect(golden.corpora.count == 4)
        for corpus in golden.corpora {
            let fields = corpus.fields.map { TextField(weight: $0[0], lengthNormalization: $0[1]) }
            let index = try IndexFixture(corpus.documents, fields: fields, saturation: corpus.saturation).opened()
            #expect(index.allWords.map { Array($0.utf8) } == corpus.terms.map { Array($0.word.utf8) })
            for (term, wanted) in corpus.terms.enumerated() {
                let postings = index.postings(term)
                #expect(postings.map(\.document) == wanted.postings.map { Int($0[0]) })
                #expect(abs(Double(index.inverseDocumentFrequency(term)) - wanted.idf) < 1e-6)
                for (posting, wanted) in zip(postings, wanted.postings) {
                    let exact = 255 * wanted[1]
                    let isRounded = abs(Double(posting.impact) - exact) <= 0.5 + 1e-9
                    #expect(isRounded || (exact < 0.5 && posting.impact == 1))
                }
            }
        }
    }
}
