public import Catalog
import Foundation

/// The words that speak for content notes: `config/content-notes.yaml`, compiled in.
public struct ContentCues: Sendable {
    private let cues: WordCues

    /// The cues that are compiled in.
    /// - Throws: when they are malformed, which the tests exclude.
    public static func standard() throws -> ContentCues {
        try ContentCues(yaml: String(decoding: PackageResources.content_notes_yaml, as: UTF8.self))
    }

    init(yaml: String) throws {
        cues = try WordCues(yaml: yaml)
        if let unknown = cues.meanings.first(where: { ContentNote(rawValue: $0) == nil }) {
            throw WordCueError(meaning: unknown)
        }
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
        func find(_ text: some StringProtocol, sentence: Int?) {
            for note in cues.find(in: text).compactMap(ContentNote.init) {
                found.counts[note] = min(found.counts[note, default: 0] + 1, Self.most)
                if let sentence, found.sentences[note] == nil { found.sentences[note] = sentence }
            }
        }
        find(name, sentence: nil)
        for (number, sentence) in sentences.enumerated() { find(sentence, sentence: number) }
        return found
    }
}
