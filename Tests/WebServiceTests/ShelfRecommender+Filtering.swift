import Catalog
import Foundation

@testable import Recommender

/// What the shelf takes its books to be, how it filters and counts them.
extension ShelfRecommender {
    /// What this shelf takes a book to be that has no genre of its own.
    static let impression = Impression(
        isFiction: true, genres: [.adventure, .historicalFiction],
        moods: [
            .init(
                mood: .adventurous, strength: 0.71, percentile: 0.944, evidence: "She finds a <ship> under the dunes."),
            .init(mood: .hopeful, strength: 0.3, percentile: 0.5, evidence: nil),
        ], emotions: [.init(emotion: .joy, strength: 0.2, percentile: 0.6)], pace: .slow, length: nil,
        contentNotes: [.init(note: .war, probability: 0.4, evidence: "A war & its end.")])

    private static let genres: [String: (Genre, isFiction: Bool)] = [
        "Fantasy": (.fantasy, true), "Mystery": (.mystery, true), "Science Fiction": (.scienceFiction, true),
        "Science": (.science, false), "Cooking": (.cooking, false), "Travel": (.travel, false),
    ]

    static func impression(of work: Work) -> Impression {
        guard let (genre, isFiction) = work.categories.lazy.compactMap({ genres[$0] }).first else { return impression }
        var own = impression
        own.isFiction = isFiction
        own.genres = [genre]
        own.contentNotes = []
        return own
    }

    static func fits(_ work: Work, _ filter: BookFilter) -> Bool {
        func has(_ asked: [String], _ own: [String]) -> Bool {
            own.contains { name in asked.contains { name.lowercased().contains($0.lowercased()) } }
        }
        let own = impression(of: work)
        let choices = [
            filter.isFiction.map { $0 == own.isFiction },
            fits(filter.genres, own.genres),
            fits(filter.moods, own.moods.filter { $0.strength >= 0.5 }.map(\.mood)),
            fits(filter.paces, [own.pace].compactMap { $0 }),
            fits(filter.lengths, [work.pages.flatMap(LengthClass.init(pages:))].compactMap { $0 }),
            fits(Set(filter.categories), work.categories),
            fits(filter.languages, [work.language].compactMap { $0 }),
            filter.avoid.isDisjoint(with: own.contentNotes.map(\.note)),
            filter.authors.isEmpty || has(filter.authors, work.authors),
            filter.notBy.isEmpty || !has(filter.notBy, work.authors),
            !filter.excluded.contains(work.id.rawValue),
        ]
        let bounds = [
            filter.minYear.map { work.year ?? .min >= $0 }, filter.maxYear.map { work.year ?? .max <= $0 },
            filter.minPages.map { work.pages ?? .min >= $0 }, filter.maxPages.map { work.pages ?? .max <= $0 },
            filter.minRating.map { work.averageRating ?? -.infinity >= $0 },
            filter.maxRating.map { work.averageRating ?? .infinity <= $0 },
        ]
        return !(choices + bounds).contains(false)
    }

    /// Nil where nothing is asked for.
    private static func fits<Value: Hashable>(_ asked: Set<Value>, _ own: [Value]) -> Bool? {
        asked.isEmpty ? nil : !asked.isDisjoint(with: own)
    }

    static func facets(of works: [Work], _ filter: BookFilter) -> [Facet] {
        Facet.Name.allCases.map { name in
            var others = filter
            for parameter in name.parameters { others.lift(parameter) }
            var counts: [String: Int] = [:]
            for work in works where fits(work, others) {
                for value in values(name, of: work) { counts[value, default: 0] += 1 }
            }
            let values = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                .map { Facet.Value(value: $0.key, name: self.name(name, $0.key), count: $0.value) }
            return Facet(name: name, values: values)
        }
    }

    private static func values(_ name: Facet.Name, of work: Work) -> [String] {
        let own = impression(of: work)
        return switch name {
        case .fiction: own.isFiction.map { [$0 ? "yes" : "no"] } ?? []
        case .genre: own.genres.map(\.rawValue)
        case .mood: own.moods.filter { $0.strength >= 0.5 }.map(\.mood.rawValue)
        case .pace: own.pace.map { [$0.rawValue] } ?? []
        case .length: work.pages.flatMap(LengthClass.init(pages:)).map { [$0.rawValue] } ?? []
        case .decade: work.year.map { ["\(Int((Double($0) / 10).rounded(.down)) * 10)"] } ?? []
        case .language: work.language.map { [$0] } ?? []
        case .category: work.categories
        }
    }

    private static func name(_ facet: Facet.Name, _ value: String) -> String {
        switch facet {
        case .fiction: value == "yes" ? "Fiction" : "Non-fiction"
        case .genre: Genre(rawValue: value)?.name ?? value
        case .decade: value.hasPrefix("-") ? "\(value.dropFirst())s BC" : "\(value)s"
        case .language: LanguageCode.name(value)
        default: value
        }
    }
}
