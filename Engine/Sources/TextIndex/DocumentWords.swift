/// The words of documents in the order they came in, four bytes each.
///
/// They lie in parts of about 4 MB, which can be given up one by one and need
/// not be moved when there are more.
struct DocumentWords {
    /// Words of documents that follow one another.
    struct Part {
        /// The number of words of each field of each document.
        var lengths: [UInt32] = []
        /// The words' numbers, field by field.
        var words: [UInt32] = []
    }

    private(set) var parts: [Part] = []

    private static var partSize: Int { 1 << 20 }

    /// The next document: the lengths of its fields and the numbers of their
    /// words. O(words), amortised.
    mutating func append(lengths: [UInt32], words: [UInt32]) {
        if parts.isEmpty || parts[parts.count - 1].words.count + words.count > Self.partSize
            || parts[parts.count - 1].lengths.count + lengths.count > Self.partSize
        {
            parts.append(Part())
        }
        parts[parts.count - 1].lengths += lengths
        parts[parts.count - 1].words += words
    }

    /// Takes the first part out, nil if there is none left.
    mutating func takeFirst() -> Part? {
        parts.isEmpty ? nil : parts.removeFirst()
    }
}
