import Artifacts
import Catalog
import Crypto
import Enrichment
import Foundation

/// A text that a vector is made from. A work has two: readers ask for books by what they are about and by what they are
/// called, and one vector for both blurs both (`bench/known_item.py` measures it).
struct WorkText: Sendable {
    /// Its sentences; a name is one. Empty for the empty text.
    let parts: [String]
    /// Tells whether a vector made earlier can be taken over. Zeros for the empty text.
    let digest: Data

    var isEmpty: Bool { parts.isEmpty }

    private init(_ text: String, parts: [String]) {
        self.parts = parts
        digest =
            parts.isEmpty
            ? Data(count: BundleFile.textDigestSize)
            : Data(SHA256.hash(data: Data(text.utf8)).prefix(BundleFile.textDigestSize))
    }

    static func name(of work: Work) -> WorkText {
        var name = work.title
        if let subtitle = work.subtitle { name += ": \(subtitle)" }
        if !work.authors.isEmpty { name += " by \(work.authors.joined(separator: ", "))" }
        return WorkText(name, parts: name.isEmpty ? [] : [name])
    }

    static func description(of work: Work) -> WorkText {
        let text = work.description ?? ""
        return WorkText(text, parts: Sentences.split(text).map(String.init))
    }
}
