import Foundation

/// How Open Library names people and things in its dumps.
public enum OpenLibrary {
    /// Open Library's editions and works name their authors by key. Until they are looked up, the authors of such an
    /// edition are references, `ol:/authors/OL1A`; the people of the dump (`RowResult.Content.author`) have these
    /// references as ids. Look each up in a table of the people, and leave out what is not found:
    ///
    ///     edition.authors = edition.authors.compactMap { OpenLibrary.isAuthorReference($0) ? names[$0] : $0 }
    public static func isAuthorReference(_ author: String) -> Bool { author.hasPrefix(referencePrefix) }

    /// The reference for a key: `ol:/authors/OL1A` for `/authors/OL1A`.
    public static func authorReference(_ key: String) -> String { "ol:" + key }

    private static let referencePrefix = "ol:/authors/"

    /// No book has more people, works or languages.
    private static let mostKeys = 1_000

    /// The first keys in a JSON text that begin so, each once, in their order: of `[{"author": {"key": "/authors/OL1A"}}]` those
    /// with `/authors/`. O(n).
    static func keys(beginning prefix: String, in json: String) -> [String] {
        let bytes = Array((json.utf8.contains(UInt8(ascii: "\\")) ? json.replacing("\\/", with: "/") : json).utf8)
        let start = Array("\"\(prefix)".utf8)
        var keys: [String] = []
        var at = 0
        while at + start.count < bytes.count, keys.count < mostKeys {
            guard bytes[at] == start[0], bytes[at..<(at + start.count)].elementsEqual(start),
                let end = bytes[(at + start.count)...].firstIndex(of: start[0])
            else {
                at += 1
                continue
            }
            let key = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
            if !keys.contains(key) { keys.append(key) }
            at = end + 1
        }
        return keys
    }

    /// The texts of a JSON array; a text that is no array stands for itself. Entries that are no texts are left out. O(n).
    static func texts(in json: String) -> [String] {
        guard json.utf8.first == UInt8(ascii: "[") else { return [json] }
        let entries = try? JSONDecoder().decode([Entry].self, from: Data(json.utf8))
        return entries?.compactMap(\.text) ?? []
    }

    private struct Entry: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = try? container.decode(String.self)
        }
    }
}
