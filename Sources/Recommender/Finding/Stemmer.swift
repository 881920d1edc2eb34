import CStemmer

/// Reduces English words to their stems, so that "keepers" finds "keeper": the Snowball project's English stemmer (Porter 2).
///
/// Words of other languages come back nearly as they are. Not to be shared between threads; cheap to make.
public struct Stemmer: ~Copyable {
    private let stemmer: OpaquePointer

    public init() {
        // Nil for an unknown language or encoding only, or without memory.
        guard let stemmer = sb_stemmer_new("english", "UTF_8") else { preconditionFailure("no English stemmer") }
        self.stemmer = stemmer
    }

    deinit { sb_stemmer_delete(stemmer) }

    /// The stem of a folded word. O(length).
    public borrowing func stem(_ word: String) -> String {
        var word = word
        return word.withUTF8 { utf8 in
            guard let stem = sb_stemmer_stem(stemmer, utf8.baseAddress, Int32(clamping: utf8.count)) else {
                return String(decoding: utf8, as: UTF8.self)
            }
            let bytes = UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer)))
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
