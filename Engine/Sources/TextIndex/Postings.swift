/// The postings of all words in memory, word after word in the order of the
/// vocabulary: documents turned inside out.
struct Postings {
    /// The numbers of the words that occur, in the order of their bytes.
    let words: [UInt32]
    /// Where the postings of each of `words` start, and where the last end.
    let starts: [Int]
    /// [postings], rising for each word.
    private(set) var documents: [UInt32]
    /// [postings]
    private(set) var impacts: [UInt8]

    /// Inverts the documents, which are gone afterwards.
    /// O(words + different words * log different words).
    init(inverting source: inout DocumentWords, vocabulary: WordTable, statistics: FieldStatistics) {
        let frequencies = Self.documentFrequencies(source, vocabulary: vocabulary, statistics: statistics)
        // Of a document that was refused, words may be left that are nowhere.
        words = vocabulary.sorted().filter { frequencies[Int($0)] > 0 }
        var starts = [0]
        var next = [Int](repeating: 0, count: vocabulary.count)
        for word in words {
            next[Int(word)] = starts[starts.count - 1]
            starts.append(starts[starts.count - 1] + Int(frequencies[Int(word)]))
        }
        self.starts = starts
        documents = [UInt32](repeating: 0, count: starts[starts.count - 1])
        impacts = [UInt8](repeating: 0, count: documents.count)

        // Of the document at hand: tf′ of each word, and the words that have one.
        var frequency = [Double](repeating: 0, count: vocabulary.count)
        var present: [UInt32] = []
        let fieldCount = statistics.fields.count
        var document: UInt32 = 0
        while let part = source.takeFirst() {
            var place = 0
            for first in stride(from: 0, to: part.lengths.count, by: fieldCount) {
                present.removeAll(keepingCapacity: true)
                for field in 0..<fieldCount {
                    let length = Int(part.lengths[first + field])
                    guard length > 0 else { continue }
                    let share = statistics.share(field, length: length)
                    for word in part.words[place..<place + length] {
                        if frequency[Int(word)] == 0 { present.append(word) }
                        frequency[Int(word)] += share
                    }
                    place += length
                }
                for word in present {
                    documents[next[Int(word)]] = document
                    impacts[next[Int(word)]] = statistics.impact(frequency[Int(word)])
                    next[Int(word)] += 1
                    frequency[Int(word)] = 0
                }
                document += 1
            }
        }
    }

    /// For each word, the number of documents it is in.
    private static func documentFrequencies(
        _ source: DocumentWords, vocabulary: WordTable, statistics: FieldStatistics
    ) -> [UInt32] {
        var frequencies = [UInt32](repeating: 0, count: vocabulary.count)
        // The number of documents up to the last one that has the word.
        var seen = frequencies
        var document: UInt32 = 0
        for part in source.parts {
            var place = 0
            for first in stride(from: 0, to: part.lengths.count, by: statistics.fields.count) {
                document += 1
                let end = part.lengths[first..<first + statistics.fields.count].reduce(place) { $0 + Int($1) }
                for word in part.words[place..<end] where seen[Int(word)] != document {
                    seen[Int(word)] = document
                    frequencies[Int(word)] += 1
                }
                place = end
            }
        }
        return frequencies
    }
}
