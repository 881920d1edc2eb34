public import Catalog
import Foundation
import Yams

/// The words that speak for content notes: `config/content-notes.yaml`, compiled in.
public struct ContentCues: Sendable {
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

    private struct Cue: Sendable {
        var forms: [Form]
        var note: ContentNote
    }

    /// By the first letter of the first word.
    private let cues: [Character: [Cue]]

    /// The cues that are compiled in.
    /// - Throws: when they are malformed, which the tests exclude.
    public static func standard() throws -> ContentCues {
        try ContentCues(yaml: String(decoding: PackageResources.content_notes_yaml, as: UTF8.self))
    }

    init(yaml: String) throws {
        let terms = try YAMLDecoder().decode([String: [String]].self, from: yaml)
        var cues: [Character: [Cue]] = [:]
        for (code, phrases) in terms.sorted(by: { $0.key < $1.key }) {
            guard let note = ContentNote(rawValue: code) else { throw ContentCueError(code: code) }
            for phrase in phrases {
                let forms = phrase.split(separator: " ").map(Form.init)
                guard let first = forms.first?.text.first else { throw ContentCueError(code: code) }
                cues[first, default: []].append(Cue(forms: forms, note: note))
            }
        }
        self.cues = cues
    }

    /// What was found in the text of a work.
    public struct Found: Sendable, Hashable {
        /// By note: how many cues there are, at most `most`.
        public internal(set) var counts: [ContentNote: Int] = [:]
        /// By note: the number of the sentence with the first cue; none when that stands in the title.
        public internal(set) var sentences: [ContentNote: Int] = [:]
    }

    /// More than this many cues of a note say no more.
    public static let most = 3

    /// The cues in a work's name and in the sentences of its description. O(words).
    public func find(name: String, sentences: [some StringProtocol]) -> Found {
        var found = Found()
        find(in: name, sentence: nil, &found)
        for (number, sentence) in sentences.enumerated() { find(in: String(sentence), sentence: number, &found) }
        return found
    }

    private func find(in text: String, sentence: Int?, _ found: inout Found) {
        let words = FoldedText.words(of: text)
        for (place, word) in words.enumerated() {
            for cue in word.first.flatMap({ cues[$0] }) ?? [] {
                guard place + cue.forms.count <= words.count,
                    zip(cue.forms, words[place...]).allSatisfy({ $0.fits($1) })
                else { continue }
                found.counts[cue.note] = min(found.counts[cue.note, default: 0] + 1, Self.most)
                if let sentence, found.sentences[cue.note] == nil { found.sentences[cue.note] = sentence }
            }
        }
    }
}

/// The compiled-in cues name a content note that the program does not know, or a cue without a word.
struct ContentCueError: Error, CustomStringConvertible {
    let code: String
    var description: String { "config/content-notes.yaml: “\(code)” is no content note, or has an empty cue." }
}
