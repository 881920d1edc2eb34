public import MemoryMapping

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The words of many documents, and for each the documents it is in with its
/// impact there: what BM25F makes of how often it stands in which fields.
///
/// A document's score for a query is the sum over the query's words of their
/// inverse document frequency times their impact, Robertson and Zaragoza, "The
/// Probabilistic Relevance Framework: BM25 and Beyond", 2009:
///
///     tf′    = Σ_f w_f · tf_f / (1 - b_f + b_f · length_f / average length_f)
///     impact = tf′ / (k1 + tf′)
///
/// Average lengths are those of the documents that have words in the field.
/// Impacts are kept in 255ths, rounded to the nearest, of which 0 is left out:
/// they are off by at most 1/510, or, for the very smallest, by 1/255.
///
/// The index is a file, mapped as long as this object lives. Words are
/// compared by their bytes in UTF-8; `terms` are their numbers in that order.
@safe
public final class InvertedIndex: Sendable {
    /// The number of documents.
    public let documentCount: Int
    /// The number of different words.
    public let termCount: Int
    /// The number of postings: of pairs of a word and a document it is in.
    public let postingCount: Int
    /// The fields of each document, as the index was built with them.
    public let fields: [TextField]
    /// k1, as the index was built with it.
    public let saturation: Float

    // Invariant: these point into the mapped `file`, within its sections as
    // far as `init` checked them, and nothing ever writes there. Whoever uses
    // them keeps this object until it is done.
    nonisolated(unsafe) let words: SortedWords
    private nonisolated(unsafe) let listEnds: UnsafePointer<UInt64>
    private nonisolated(unsafe) let frequencies: UnsafePointer<UInt32>
    private nonisolated(unsafe) let postings: UnsafeRawPointer
    let file: SectionedFile

    /// Opens the index that a builder wrote to `path`.
    ///
    /// Throws `TextIndexError` if the file cannot be read, is of another kind,
    /// incomplete or damaged. What would make later calls read outside the
    /// file is always found; the checksums, the order of the words and all
    /// postings are checked as far as `verification` looks. O(terms) unless
    /// that is everything, else O(file size).
    public init(path: String, verification: FileVerification = .automatic) throws(TextIndexError) {
        let file = try TextIndexError.wrapping { () throws(SectionedFileError) in
            try SectionedFile(path: path, kind: TextIndexFile.kind)
        }
        let parameters = file.parameters
        guard parameters[0] <= InvertedIndexBuilder.maximumDocuments, parameters[1] < UInt64(UInt32.max),
            let postingCount = Int(exactly: parameters[2]), let saturation = UInt32(exactly: parameters[3])
        else { throw TextIndexError(.damaged, "'\(path)' has an impossible shape") }
        documentCount = Int(parameters[0])
        termCount = Int(parameters[1])
        self.postingCount = postingCount
        self.saturation = Float(bitPattern: saturation)
        self.file = file
        let terms = termCount
        try TextIndexError.wrapping { () throws(SectionedFileError) in
            try file.checkSize(of: TextIndexFile.wordEnds, 4 * (terms + 1))
            try file.checkSize(of: TextIndexFile.listEnds, 8 * (terms + 1))
            try file.checkSize(of: TextIndexFile.frequencies, 4 * terms)
            try file.verify(verification)
        }
        let base = unsafe file.file.withUnsafeBytes { $0.baseAddress! }
        func start(_ section: Int) -> UnsafeRawPointer { unsafe base + file.sections[section].lowerBound }
        let fieldCount = file.sections[TextIndexFile.fields].count / 8
        fields = (0..<fieldCount).map { field in
            let entry = unsafe start(TextIndexFile.fields) + 8 * field
            return unsafe TextField(
                weight: entry.load(as: Float.self), lengthNormalization: entry.load(fromByteOffset: 4, as: Float.self))
        }
        unsafe words = unsafe SortedWords(
            count: terms, offsets: start(TextIndexFile.wordEnds).assumingMemoryBound(to: UInt32.self),
            bytes: start(TextIndexFile.words).assumingMemoryBound(to: UInt8.self))
        unsafe listEnds = unsafe start(TextIndexFile.listEnds).assumingMemoryBound(to: UInt64.self)
        unsafe frequencies = unsafe start(TextIndexFile.frequencies).assumingMemoryBound(to: UInt32.self)
        unsafe postings = unsafe start(TextIndexFile.postings)
        try checkTables()
        if verification.coversEverything(of: file.file.count) { try checkContents() }
    }

    /// In how many documents the word of `term` is. O(1).
    public func documentFrequency(_ term: Int) -> Int {
        check(term)
        defer { withExtendedLifetime(self) {} }
        return unsafe Int(frequencies[term])
    }

    /// How much the word of `term` says about the documents it is in:
    /// ln(1 + (N - df + 0.5) / (df + 0.5)), which is positive. O(1).
    public func inverseDocumentFrequency(_ term: Int) -> Float {
        inverseDocumentFrequency(of: documentFrequency(term))
    }

    /// What `inverseDocumentFrequency` would be for a word that is in no
    /// document. O(1).
    public var inverseDocumentFrequencyOfUnknown: Float { inverseDocumentFrequency(of: 0) }

    private func inverseDocumentFrequency(of frequency: Int) -> Float {
        Float(log1p((Double(documentCount - frequency) + 0.5) / (Double(frequency) + 0.5)))
    }

    /// Traps unless there is such a term: numbers come from this index.
    func check(_ term: Int) {
        precondition(term >= 0 && term < termCount, "term \(term) of an index of \(termCount) terms")
    }

    /// The postings of `term`, which must be one.
    func list(_ term: Int) -> PostingList {
        let start = unsafe Int(listEnds[term])
        return unsafe PostingList(
            bytes: UnsafeRawBufferPointer(start: postings + start, count: Int(listEnds[term + 1]) - start),
            count: Int(frequencies[term]), documents: documentCount)
    }

    /// Throws unless words and postings lie within their sections. O(terms).
    private func checkTables() throws(TextIndexError) {
        let wordBytes = file.sections[TextIndexFile.words].count
        let postingBytes = file.sections[TextIndexFile.postings].count
        guard postingBytes >= PostingBlock.slack, unsafe words.offsets[0] == 0, unsafe listEnds[0] == 0,
            unsafe Int(words.offsets[termCount]) == wordBytes,
            unsafe listEnds[termCount] == UInt64(postingBytes - PostingBlock.slack)
        else { throw TextIndexError(.damaged, "the tables of '\(file.file.path)' do not cover its words or postings") }
        for term in 0..<termCount {
            guard unsafe words.offsets[term] < words.offsets[term + 1] else {
                throw TextIndexError(.damaged, "word \(term) of '\(file.file.path)' ends before it starts")
            }
            guard unsafe listEnds[term] < listEnds[term + 1] else {
                throw TextIndexError(.damaged, "postings \(term) of '\(file.file.path)' end before they start")
            }
            guard unsafe frequencies[term] > 0, unsafe frequencies[term] <= documentCount else {
                throw TextIndexError(
                    .damaged,
                    unsafe "term \(term) of '\(file.file.path)' is in \(frequencies[term]) of \(documentCount) documents"
                )
            }
        }
    }

    /// Throws unless words are in order and postings are whole. O(file size).
    private func checkContents() throws(TextIndexError) {
        var count = 0
        for term in 0..<termCount {
            guard unsafe term == 0 || SortedWords.order(words.word(term - 1), words.word(term)) < 0 else {
                throw TextIndexError(.damaged, "word \(term) of '\(file.file.path)' is not in its place")
            }
            var hasZero = false
            let isWhole = unsafe list(term).forEachBlock { _, impacts, count in
                for index in 0..<count { unsafe hasZero = hasZero || impacts[index] == 0 }
            }
            guard isWhole, !hasZero else {
                throw TextIndexError(.damaged, "the postings of term \(term) of '\(file.file.path)' are not whole")
            }
            count += documentFrequency(term)
        }
        guard count == postingCount, !fields.isEmpty else {
            throw TextIndexError(.damaged, "'\(file.file.path)' has \(count) postings instead of \(postingCount)")
        }
    }
}
