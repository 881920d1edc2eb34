import Artifacts
import Catalog
import VectorIndex

extension Recommender {
    /// Why nothing fits, and what would without what hides most. Nil for an empty catalogue.
    func nothing(for request: SearchRequest, _ parts: FilterParts, _ found: RowFilter?) throws -> NoResult? {
        func count(without parameter: Preferences.Parameter) -> Int {
            guard var rows = parts.fitting(without: [parameter]) else { return found?.matching ?? manifest.works }
            if let found { rows.formIntersection(found) }
            return rows.matching
        }
        guard manifest.works > 0 else { return nil }
        var parameters = Set(parts.parts.map(\.parameter))
        // Examples are left out as well: by no wish to have them left out.
        if request.preferences.filter.excluded.isEmpty { parameters.remove(.exclude) }
        let obstacles = Preferences.Parameter.allCases.filter(parameters.contains).map { parameter in
            NoResult.Obstacle(parameter: parameter.rawValue, countWithout: count(without: parameter))
        }.filter { $0.countWithout > 0 }.sorted { $0.countWithout > $1.countWithout }
        var relaxed = request
        relaxed.offset = 0
        relaxed.limit = min(request.limit, Self.nearestCount)
        relaxed.facets = false
        let same = relaxed
        if let first = obstacles.first, let parameter = Preferences.Parameter(rawValue: first.parameter) {
            relaxed.preferences.filter.lift(parameter)
        } else if request.isbn != nil {
            // No other book is near to a number.
            return NoResult(text: Wording.nothing(for: request, parts.count, []), obstacles: [], nearest: [])
        } else {
            // No part by itself: without any, and by meaning too.
            relaxed.preferences.filter = BookFilter()
            relaxed.semanticRatio = SearchRequest.standardSemanticRatio
        }
        // Nothing is left to answer to: what is read most.
        if relaxed.isEmpty { relaxed.sort = .popularity }
        // The same question again would have the same answer, and so on for ever.
        let nearest = relaxed == same ? [] : try search(relaxed).hits
        return NoResult(
            text: Wording.nothing(for: request, parts.count, obstacles), obstacles: obstacles, nearest: nearest)
    }

    private static let nearestCount = 5
}

extension BookFilter {
    /// Asks no longer for what this parameter asks for.
    mutating func lift(_ parameter: Preferences.Parameter) {
        switch parameter {
        case .mood, .strength: break
        case .fiction: isFiction = nil
        case .genre: genres = []
        case .feels: moods = []
        case .pace: paces = []
        case .length: lengths = []
        case .avoid: avoid = []
        case .category: categories = []
        case .language: languages = []
        case .author: authors = []
        case .notBy: notBy = []
        case .minYear: minYear = nil
        case .maxYear: maxYear = nil
        case .minPages: minPages = nil
        case .maxPages: maxPages = nil
        case .minRating: minRating = nil
        case .maxRating: maxRating = nil
        case .exclude: excluded = []
        }
    }
}
