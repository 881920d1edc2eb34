import Artifacts
import Catalog
import Crypto
import Foundation

/// A text that a vector is made from. A work has two: readers ask for books by what they are about and by what they are
/// called, and one vector for both blurs both (`bench/known_item.py` measures it).
struct WorkText: Sendable {
    let text: String
    /// Tells whether a vector made earlier can be taken over. Zeros for the empty text.
    let digest: Data

    private init(_ text: String) {
        self.text = text
        digest =
            text.isEmpty
            ? Data(count: BundleFile.textDigestSize)
            : Data(SHA256.hash(data: Data(text.utf8)).prefix(BundleFile.textDigestSize))
    }

    static func name(of work: Work) -> WorkText {
        var name = work.title
        if let subtitle = work.subtitle { name += ": \(subtitle)" }
        if !work.authors.isEmpty { name += " by \(work.authors.joined(separator: ", "))" }
        return WorkText(name)
    }

    static func description(of work: Work) -> WorkText {
        WorkText(work.description ?? "")
    }
}
