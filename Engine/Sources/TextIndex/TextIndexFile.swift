internal import MemoryMapping

/// An inverted index in a file. The header's parameters are the numbers of
/// documents, terms and postings and the bits of k1, the sections
///
///     fields      [fields, 2]  weight and length normalisation, 4 bytes each
///     wordEnds    [terms + 1]  4 bytes: 0, and where each word ends
///     words                    in UTF-8, sorted, one after the other
///     listEnds    [terms + 1]  8 bytes: 0, and where each term's postings end
///     frequencies [terms]      4 bytes: in how many documents the term is
///     postings                 as `PostingBlock` tells, and its slack
enum TextIndexFile {
    static let kind = SectionedFile.Kind(magic: "BRTEXTIX", version: 1, sections: 6)

    static var fields: Int { 0 }
    static var wordEnds: Int { 1 }
    static var words: Int { 2 }
    static var listEnds: Int { 3 }
    static var frequencies: Int { 4 }
    static var postings: Int { 5 }

    /// Writes the index. Throws where that is not possible, and then leaves
    /// nothing behind. O(postings + bytes of words).
    static func write(
        _ postings: Postings, vocabulary: WordTable, statistics: FieldStatistics, documentCount: Int, to path: String
    ) throws(TextIndexError) {
        let fields = statistics.fields.flatMap { [$0.weight.bitPattern, $0.lengthNormalization.bitPattern] }
        var wordEnds: [UInt32] = [0]
        var words: [UInt8] = []
        for word in postings.words {
            words += vocabulary.bytes[vocabulary.range(of: Int(word))]
            wordEnds.append(UInt32(words.count))
        }
        let frequencies = postings.words.indices.map { UInt32(postings.starts[$0 + 1] - postings.starts[$0]) }
        let (listEnds, lists) = encode(postings)
        let parameters = SIMD4(
            UInt64(documentCount), UInt64(postings.words.count), UInt64(postings.documents.count),
            UInt64(statistics.saturation.bitPattern))
        let sections = [
            bytes(of: fields), bytes(of: wordEnds), words, bytes(of: listEnds), bytes(of: frequencies), lists,
        ]
        try TextIndexError.wrapping { () throws(SectionedFileError) in
            try unsafe withBytes(of: sections[...], after: []) { sections throws(SectionedFileError) in
                try unsafe SectionedFile.write(to: path, kind: kind, parameters: parameters, sections: sections)
            }
        }
    }

    /// The ends of all terms' postings, after a 0, and the postings.
    private static func encode(_ postings: Postings) -> ([UInt64], [UInt8]) {
        unsafe postings.documents.withUnsafeBufferPointer { documents in
            func list(_ term: Int) -> UnsafeBufferPointer<UInt32> {
                unsafe UnsafeBufferPointer(rebasing: documents[postings.starts[term]..<postings.starts[term + 1]])
            }
            var ends: [UInt64] = [0]
            for term in postings.words.indices {
                ends.append(unsafe ends[term] + UInt64(PostingBlock.size(of: list(term))))
            }
            let size = Int(ends[postings.words.count]) + PostingBlock.slack
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
                unsafe bytes.initialize(repeating: 0)
                count = size
                var place = UnsafeMutableRawPointer(bytes.baseAddress!)
                unsafe postings.impacts.withUnsafeBufferPointer { impacts in
                    for term in postings.words.indices {
                        let impacts = unsafe impacts.baseAddress! + postings.starts[term]
                        unsafe place = unsafe PostingBlock.encode(list(term), impacts, to: place)
                    }
                }
            }
            return (ends, bytes)
        }
    }

    // The file is little-endian, and so is every machine that may open it.
    private static func bytes(of numbers: [some FixedWidthInteger]) -> [UInt8] {
        unsafe numbers.withUnsafeBytes { unsafe Array($0) }
    }

    /// Calls `body` with `gathered` and then the bytes of each of `arrays`.
    private static func withBytes<Failure: Error>(
        of arrays: ArraySlice<[UInt8]>, after gathered: [UnsafeRawBufferPointer],
        _ body: ([UnsafeRawBufferPointer]) throws(Failure) -> Void
    ) throws(Failure) {
        guard let first = arrays.first else { return try unsafe body(gathered) }
        try unsafe first.withUnsafeBufferPointer { bytes throws(Failure) in
            try unsafe withBytes(of: arrays.dropFirst(), after: gathered + [UnsafeRawBufferPointer(bytes)], body)
        }
    }
}
