import Catalog
import Recommender

/// Books as a list for people.
enum HitList {
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
        }
    }
}
