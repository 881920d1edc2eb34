import Recommender

/// Books as a list for people.
enum HitList {
    static func show(_ hits: [BookHit]) {
        for (place, hit) in zip(1..., hits) {
            let authors = hit.book.authors.joined(separator: ", ")
            let year = hit.book.year.map { $0 < 0 ? ", \(-$0) BC" : ", \($0)" } ?? ""
            Console.result(
                "\(place). \(hit.book.title)\(authors.isEmpty ? "" : " by \(authors)")\(year)  [\(hit.book.id)]")
            for reason in hit.reasons { Console.result("     \(reason.text)") }
        }
    }
}
