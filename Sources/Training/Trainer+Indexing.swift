import Artifacts
import Catalog
import Foundation
import Recommender
import TextEmbedding
import TextIndex
import VectorIndex

extension Trainer {
    /// Field weights of title, subtitle and series, authors, subjects and description, and how much their lengths count.
    private static let keywordFields = [
        TextField(weight: 2.5, lengthNormalization: 0.3), TextField(weight: 1.5, lengthNormalization: 0.3),
        TextField(weight: 1.5, lengthNormalization: 0.3), TextField(weight: 1, lengthNormalization: 0.3),
        TextField(weight: 1, lengthNormalization: 0.6),
    ]

    /// Writes the indexes of names and keywords and the words that are close in meaning. O(words of all works + stems² *
    /// dimension).
    func index(_ works: [Work], reusing previous: BundleManifest?, into draft: BundleDraft) throws {
        func path(_ file: BundleFile) -> String { draft.folder.appending(path: file.rawValue).path }
        let stemmer = Stemmer()
        var names = try InvertedIndexBuilder(fields: Array(repeating: TextField(lengthNormalization: 0.3), count: 3))
        var keywords = try InvertedIndexBuilder(fields: Self.keywordFields)
        // The commonest word of each stem stands for it.
        var counts: [String: [String: Int]] = [:]
        for work in works {
            try names.add(document: WorkWords.names(of: work))
            let fields = WorkWords.keywords(of: work)
            var stems: [[String]] = []
            for field in fields {
                stems.append(
                    field.map { word in
                        let stem = stemmer.stem(word)
                        counts[stem, default: [:]][word, default: 0] += 1
                        return stem
                    })
            }
            try keywords.add(document: stems)
        }
        try names.write(to: path(.nameIndex))
        try keywords.write(to: path(.keywordIndex))
        try writeNameTerms(of: works, InvertedIndex(path: path(.nameIndex)), into: draft)
        try relate(InvertedIndex(path: path(.keywordIndex)), counts, reusing: previous, into: draft)
    }

    private func writeNameTerms(of works: [Work], _ index: InvertedIndex, into draft: BundleDraft) throws {
        var offsets: [UInt32] = [0]
        var terms: [UInt32] = []
        for work in works {
            for field in WorkWords.names(of: work) {
                var seen: Set<Int> = []
                for term in field.compactMap(index.term) where seen.insert(term).inserted { terms.append(UInt32(term)) }
                offsets.append(UInt32(terms.count))
            }
        }
        try draft.write(Data(littleEndian: offsets + terms), to: .nameTerms)
    }

    /// Below this cosine two words are not called close.
    private static let leastCloseness: Float = 0.5

    private func relate(
        _ index: InvertedIndex, _ counts: [String: [String: Int]], reusing previous: BundleManifest?,
        into draft: BundleDraft
    ) throws {
        let words = (0..<index.termCount).map { term -> String in
            let stem = index.word(term)
            // What one work alone has is nearly always a name; what every tenth has says nothing.
            let frequency = index.documentFrequency(term)
            guard frequency >= 2, frequency * 10 <= index.documentCount, stem.count > 2, Int(stem) == nil else {
                return ""
            }
            return counts[stem]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
        }
        let vectors = try vectors(of: words, reusing: previous)
        try vectors.write(to: draft.folder.appending(path: BundleFile.wordVectors.rawValue).path)
        try draft.write(JSONEncoder().encode(words), to: .words)

        var related = Data(capacity: index.termCount * 8 * Self.relatedPerTerm)
        let searcher = ExactIndex(vectors)
        let asked = words.indices.filter { !words[$0].isEmpty }
        var found: [Int: [Neighbor]] = [:]
        for start in stride(from: 0, to: asked.count, by: 256) {
            let some = asked[start..<min(start + 256, asked.count)]
            let neighbours = try searcher.nearest(
                toEach: some.map { vectors.vector(at: $0) }, count: Self.relatedPerTerm + 1)
            for (term, own) in zip(some, neighbours) { found[term] = own.filter { $0.row != term } }
        }
        for term in words.indices {
            let own = (found[term] ?? []).filter { $0.score > Self.leastCloseness }.prefix(Self.relatedPerTerm)
            for place in 0..<Self.relatedPerTerm {
                let neighbour = place < own.count ? own[own.startIndex + place] : nil
                let closeness = neighbour.map { ($0.score - Self.leastCloseness) / (1 - Self.leastCloseness) } ?? 0
                related += Data(littleEndian: [UInt32(neighbour?.row ?? term)])
                related += Data(littleEndian: [min(1, closeness)])
            }
        }
        try draft.write(related, to: .relatedWords)
    }

    private static let relatedPerTerm = 8

    /// Of each word, taken over from the bundle before where that has it; zeros for the empty word.
    private func vectors(of words: [String], reusing previous: BundleManifest?) throws -> QuantizedVectors {
        var known: [String: CodedRow] = [:]
        if let previous, previous.inputs.textModel == textModel.weights(encoder.precision),
            previous.dimension == encoder.dimension
        {
            func url(_ file: BundleFile) -> URL {
                bundles.folder.appending(path: previous.id).appending(path: file.rawValue)
            }
            let old = try JSONDecoder().decode([String].self, from: Data(contentsOf: url(.words)))
            let rows = try QuantizedVectors(path: url(.wordVectors).path)
            if rows.count == old.count {
                for (row, word) in old.enumerated() where !word.isEmpty { known[word] = rows.codedRow(at: row) }
            }
        }
        let missing = words.filter { !$0.isEmpty && known[$0] == nil }
        let fresh = try QuantizedVectors(quantizing: encoder.embed(missing) { _ in }, dimension: encoder.dimension)
        for (row, word) in missing.enumerated() { known[word] = fresh.codedRow(at: row) }
        var builder = try QuantizedVectorsBuilder(count: words.count, dimension: encoder.dimension)
        for word in words {
            if let row = known[word] { try builder.append(row) } else { try builder.appendZeros() }
        }
        return try builder.finish()
    }
}
