/// Collects documents and writes the index of their words.
///
/// Until `write` it takes four bytes a word, and then at most nine: a million
/// documents of 60 words take up to 0.7 GB.
public struct InvertedIndexBuilder: ~Copyable {
    private var vocabulary = WordTable()
    private var documents = DocumentWords()
    private var statistics: FieldStatistics
    /// The number of documents so far.
    public private(set) var documentCount = 0
    // Those of the document that is being added, kept for their memory.
    private var lengths: [UInt32] = []
    private var words: [UInt32] = []

    /// An index of documents that have `fields`, to be filled. `saturation`,
    /// k1 of BM25F, is the frequency at which a word counts half of the most
    /// it can.
    ///
    /// Throws `TextIndexError` unless there are 1 to 255 fields, weights are
    /// positive and finite, length normalisations from 0 to 1, and
    /// `saturation` finite and not negative. O(fields).
    public init(fields: [TextField], saturation k1: Float = 1.2) throws(TextIndexError) {
        guard (1...Self.maximumFields).contains(fields.count) else {
            throw TextIndexError(.badParameter, "\(fields.count) fields are not from 1 to \(Self.maximumFields)")
        }
        for (place, field) in fields.enumerated() {
            guard field.weight > 0, field.weight.isFinite else {
                throw TextIndexError(.badParameter, "the weight \(field.weight) of field \(place) is not positive")
            }
            guard (0...1).contains(field.lengthNormalization) else {
                throw TextIndexError(
                    .badParameter,
                    "the length normalisation \(field.lengthNormalization) of field \(place) is not from 0 to 1")
            }
        }
        guard k1 >= 0, k1.isFinite else {
            throw TextIndexError(.badParameter, "the saturation \(k1) is negative or not finite")
        }
        statistics = FieldStatistics(fields: fields, saturation: k1)
    }

    /// Makes `document`, the words of each field in order, the next one:
    /// documents are numbered from 0. Words are any strings but empty ones,
    /// and the same if their bytes in UTF-8 are.
    ///
    /// Throws `TextIndexError`, and adds nothing, if there is another number
    /// of fields than the index has, an empty word, or no more room: there can
    /// be 2³¹ - 1 documents and 4 GB of different words. O(words) expected.
    public mutating func add(document: [[String]]) throws(TextIndexError) {
        guard document.count == statistics.fields.count else {
            throw TextIndexError(
                .badDocument,
                "document \(documentCount) has \(document.count) fields instead of \(statistics.fields.count)")
        }
        guard documentCount < Self.maximumDocuments else {
            throw TextIndexError(.tooLarge, "there are \(documentCount) documents already")
        }
        lengths.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        for (place, field) in document.enumerated() {
            guard let length = UInt32(exactly: field.count) else {
                throw TextIndexError(.tooLarge, "field \(place) of document \(documentCount) has \(field.count) words")
            }
            lengths.append(length)
            for var word in field {
                guard !word.utf8.isEmpty else {
                    throw TextIndexError(
                        .badDocument, "there is an empty word in field \(place) of document \(documentCount)")
                }
                guard let number = word.withUTF8({ unsafe vocabulary.number(of: $0) }) else {
                    throw TextIndexError(.tooLarge, "there are \(vocabulary.count) different words already")
                }
                words.append(number)
            }
        }
        documents.append(lengths: lengths, words: words)
        statistics.add(lengths: lengths)
        documentCount += 1
    }

    /// Writes the index to `path`, of which readers see the old file or the
    /// whole new one. The same documents give the same bytes.
    ///
    /// Throws `TextIndexError` where that is not possible, and then leaves
    /// nothing behind. O(words + different words * log different words).
    public consuming func write(to path: String) throws(TextIndexError) {
        // Moved out, so that the inversion can give up what it has read.
        var words = DocumentWords()
        swap(&words, &documents)
        let postings = Postings(inverting: &words, vocabulary: vocabulary, statistics: statistics)
        try TextIndexFile.write(
            postings, vocabulary: vocabulary, statistics: statistics, documentCount: documentCount, to: path)
    }

    static var maximumDocuments: Int { Int(Int32.max) }
    static var maximumFields: Int { 255 }
}
