import Foundation

/// The way of a text that is not plain.
///
/// What one step uncovers another may have to mend (`&lt;br&gt;`, `Ã&copy;`), so the steps go round until nothing
/// changes. That makes the result stable under a second cleaning.
struct TextCleaning {
    /// Texts in which something hides inside something else more often than this are not written by publishers.
    static let mostRounds = 16

    var shape: TextShape

    /// O(n) per round.
    func cleaned(
        _ raw: String, noting note: (NormalisationStep.Kind, _ before: String, _ after: String) -> Void
    ) -> String {
        var text = raw
        text.makeContiguousUTF8()
        for _ in 0..<Self.mostRounds {
            var changed = false
            func take(_ new: String?, as kind: NormalisationStep.Kind? = nil) {
                guard let new else { return }
                changed = true
                if let kind { note(kind, text, new) }
                text = new
            }
            let found = TextFindings(in: text, as: shape)
            if found.nonASCII { take(Mojibake.repaired(text), as: .mojibakeRepaired) }
            if found.upperControl || changed { take(WindowsCharacters.read(text), as: .windowsCharactersRead) }
            if found.less { take(Markup.removed(from: text, as: shape), as: .markupRemoved) }
            if found.ampersand { take(Entities.decoded(in: text), as: .entitiesDecoded) }
            if found.invisible || changed {
                take(InvisibleCharacters.removed(from: text), as: .controlCharactersRemoved)
            }
            if found.whiteSpace || changed { take(WhiteSpace.tidied(text, as: shape)) }
            if found.uncomposed || changed { take(Self.composed(text)) }
            if !changed { break }
        }
        return text
    }

    /// The text in normalisation form C; nil when it is that already.
    private static func composed(_ text: String) -> String? {
        // Below U+0300 every text is composed; above, most scripts are too, but only the tables know.
        guard text.utf8.contains(where: { $0 >= 0xCC }) else { return nil }
        let composed = text.precomposedStringWithCanonicalMapping
        // As bytes: to Swift composed and decomposed texts are equal.
        return composed.utf8.elementsEqual(text.utf8) ? nil : composed
    }
}
