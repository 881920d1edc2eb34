public import Catalog
import Foundation
import Yams

/// What a work is filed under, by its catalogue or by readers.
public struct Filing: Sendable, Hashable {
    /// The genres that were named.
    public var genres: Set<Genre>
    /// Nil when nothing, or both, was said.
    public var isFiction: Bool?

    public init(genres: Set<Genre> = [], isFiction: Bool? = nil) {
        self.genres = genres
        self.isFiction = isFiction
    }
}

/// How the words of catalogues and the shelves of readers map to genres: `config/genres.yaml`, compiled in.
public struct GenreScheme: Sendable {
    /// The words of a subject, in order, and what they speak for; nil is the side alone.
    private let subjects: [(words: [String], side: Genre.Side, genre: Genre?)]
    private let shelves: [String: [(side: Genre.Side, genre: Genre?)]]

    /// The scheme that is compiled in.
    /// - Throws: when it is malformed, which the tests exclude.
    public static func standard() throws -> GenreScheme {
        try GenreScheme(yaml: String(decoding: PackageResources.genres_yaml, as: UTF8.self))
    }

    init(yaml: String) throws {
        let sides = try YAMLDecoder().decode([String: Side].self, from: yaml)
        var subjects: [(words: [String], side: Genre.Side, genre: Genre?)] = []
        var shelves: [String: [(side: Genre.Side, genre: Genre?)]] = [:]
        for (code, side) in sides.sorted(by: { $0.key < $1.key }) {
            let own = try Self.value(Genre.Side.self, code)
            func take(_ terms: Terms, _ genre: Genre?) {
                subjects += (terms.subjects ?? []).map { (FoldedText.words(of: $0), own, genre) }
                for shelf in terms.shelves ?? [] { shelves[shelf, default: []].append((own, genre)) }
            }
            take(Terms(subjects: side.subjects, shelves: side.shelves), nil)
            for (code, terms) in side.genres.sorted(by: { $0.key < $1.key }) {
                let genre = try Self.value(Genre.self, code)
                guard genre.side == own else { throw GenreSchemeError(code: code) }
                take(terms, genre)
            }
        }
        self.subjects = subjects
        self.shelves = shelves
    }

    /// What these categories of a catalogue say. A category that has a subject's words in their order, whatever else it
    /// has, speaks for its genre, unless they are a part of a longer subject's. O(categories * subjects).
    public func filing(categories: [String]) -> Filing {
        var said = Said()
        for category in categories {
            let words = FoldedText.words(of: category)
            let found = subjects.flatMap { subject in
                words.places(of: subject.words).map { (place: $0, side: subject.side, genre: subject.genre) }
            }
            for one in found {
                // “Science fiction” is no science, and a “graphic novel” need not be a novel.
                let isPart = found.contains { $0.place.count > one.place.count && $0.place.contains(one.place) }
                if !isPart { said.add(one.side, one.genre) }
            }
        }
        return said.filing
    }

    /// What readers' shelves say: those that at least a quarter as many readers used as the most used one that has a
    /// meaning here. Nil when none has. O(shelves).
    public func filing(shelves counts: [(name: String, count: Int)]) -> Filing? {
        let known = counts.compactMap { shelf in shelves[shelf.name].map { (meanings: $0, count: shelf.count) } }
        guard let most = known.map(\.count).max(), most > 0 else { return nil }
        var said = Said()
        for shelf in known where 4 * shelf.count >= most {
            for meaning in shelf.meanings { said.add(meaning.side, meaning.genre) }
        }
        return said.filing
    }

    private struct Said {
        var genres: Set<Genre> = []
        var sides: Set<Genre.Side> = []

        mutating func add(_ side: Genre.Side, _ genre: Genre?) {
            sides.insert(side)
            if let genre { genres.insert(genre) }
        }

        var filing: Filing {
            let isFiction = sides.contains(.fiction)
            return Filing(genres: genres, isFiction: isFiction != sides.contains(.nonFiction) ? isFiction : nil)
        }
    }

    private static func value<Value: RawRepresentable<String>>(_: Value.Type, _ code: String) throws -> Value {
        guard let value = Value(rawValue: code) else { throw GenreSchemeError(code: code) }
        return value
    }

    private struct Side: Decodable {
        var subjects: [String]?
        var shelves: [String]?
        var genres: [String: Terms]
    }

    private struct Terms: Decodable {
        var subjects: [String]?
        var shelves: [String]?
    }
}

/// The compiled-in scheme names a genre that the program does not know, or under the wrong side.
struct GenreSchemeError: Error, CustomStringConvertible {
    let code: String
    var description: String { "config/genres.yaml: “\(code)” is no genre, or stands under the wrong side." }
}

extension [String] {
    /// Where these words stand side by side in it.
    fileprivate func places(of words: [String]) -> [Range<Int>] {
        guard !words.isEmpty, count >= words.count else { return [] }
        return (0...count - words.count).map { $0..<$0 + words.count }.filter { self[$0].elementsEqual(words) }
    }
}
