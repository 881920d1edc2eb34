import Catalog
import Foundation
import Yams

/// Words and phrases that speak for something, found in text: whole words in their order, a star standing for any ending.
struct WordCues: Sendable {
    /// A word, or one that begins so.
    private struct Form: Sendable, Hashable {
        var text: String
        var isPrefix: Bool

        init(_ word: Substring) {
            isPrefix = word.hasSuffix("*")
            text = isPrefix ? String(word.dropLast()) : String(word)
        }

        func fits(_ word: String) -> Bool { isPrefix ? word.hasPrefix(text) : word == text }
    }

    /// By the first letter of the first word.
    private var cues: [Character: [(forms: [Form], meaning: String)]] = [:]

    /// Of a document of lists by meaning: `war: [battle*, d day]`.
    /// - Throws: `WordCueError` for an empty phrase, and what the parser says of a malformed document.
    init(yaml: String) throws {
        let terms = try YAMLDecoder().decode([String: [String]].self, from: yaml)
        for (meaning, phrases) in terms.sorted(by: { $0.key < $1.key }) {
            for phrase in phrases {
                let forms = phrase.split(separator: " ").map(Form.init)
                guard let first = forms.first?.text.first else { throw WordCueError(meaning: meaning) }
                cues[first, default: []].append((forms, meaning))
            }
        }
    }

    /// What the document speaks of.
    var meanings: Set<String> { Set(cues.values.joined().map(\.meaning)) }

    /// The meaning of every cue in the text, in the order of the text. O(words).
    func find(in text: some StringProtocol) -> [String] {
        let words = FoldedText.words(of: String(text))
        var found: [String] = []
        for (place, word) in words.enumerated() {
            for cue in word.first.flatMap({ cues[$0] }) ?? [] {
                guard place + cue.forms.count <= words.count,
                    zip(cue.forms, words[place...]).allSatisfy({ $0.fits($1) })
                else { continue }
                found.append(cue.meaning)
            }
        }
        return found
    }
}

/// A list of cues names nothing that the program knows, or has an empty phrase.
struct WordCueError: Error, CustomStringConvertible {
    let meaning: String
    var description: String { "The cues of “\(meaning)” are of nothing that is known, or one of them is empty." }
}
