import Catalog
import Recommender

/// Books as a list for people.
enum HitList {
    static func show(_ answer: SearchAnswer) {
        if !answer.understood.corrections.isEmpty {
            let words = answer.understood.corrections.map { "\($0.from) as \($0.to)" }
            Console.result("Read \(words.joined(separator: ", ")).")
        }
        show(answer.hits)
        if let nothing = answer.nothing {
            Console.result(nothing.text)
            if !nothing.nearest.isEmpty {
                Console.result("The nearest without it:")
                show(nothing.nearest)
            }
        }
        for facet in answer.facets ?? [] where !facet.values.isEmpty {
            let values = facet.values.prefix(12).map { "\($0.name) \($0.count)" }.joined(separator: ", ")
            Console.result("\(facet.name.rawValue): \(values)")
        }
    }

    static func show(_ hits: [BookHit]) {
        for (place, hit) in zip(1..., hits) {
            let authors = hit.book.authors.joined(separator: ", ")
            let year = hit.book.year.map { $0 < 0 ? ", \(-$0) BC" : ", \($0)" } ?? ""
            Console.result(
                "\(place). \(hit.book.title)\(authors.isEmpty ? "" : " by \(authors)")\(year)  [\(hit.book.id)]")
            if let impression = hit.book.impression, !impression.moods.isEmpty {
                let moods = impression.moods.map(\.mood.rawValue).joined(separator: ", ")
                let notes = impression.contentNotes.map { $0.note.name.lowercased() }.joined(separator: ", ")
                Console.result(
                    "     \(moods)" + (notes.isEmpty ? "" : "; inferred from the description: \(notes)"))
            }
            for reason in hit.reasons { Console.result("     \(reason.text)") }
            if let passage = hit.passage {
                Console.result("     … " + passage.pieces.map { $0.isMatch ? "[\($0.text)]" : $0.text }.joined())
            }
            for leg in hit.explanation ?? [] {
                let value = (1_000 * leg.value).rounded() / 1_000
                Console.result(
                    "     \(leg.leg.name): rank \(leg.rank), \(value) × \((1_000 * leg.weight).rounded() / 1_000)")
            }
        }
    }
}
