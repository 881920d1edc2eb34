import Catalog

extension Wording {
    static func readersOf(_ works: [Work]) -> String {
        let titles = works.map { quoted($0.title) }
        return titles.count > 1
            ? "Readers of \(list(titles)) also went on to it." : "Readers of \(list(titles)) also went on to it."
    }

    static func author(_ name: String, of work: Work) -> String {
        "By \(name), of whom you like \(quoted(work.title))."
    }

    static func series(_ name: String, of work: Work) -> String {
        "Of the series \(quoted(name)), as \(quoted(work.title)), which you like."
    }

    static func genres(_ shared: [(name: String, count: Int)], of liked: Int) -> String? {
        guard let first = shared.first else { return nil }
        let names = shared.prefix(2).filter { 2 * $0.count >= first.count }.map(\.name)
        return "It is \(list(names)), as \(share(first.count, liked)) you like."
    }

    static func moods(_ shared: [(name: String, count: Int)], of liked: Int) -> String? {
        guard let first = shared.first else { return nil }
        let names = shared.prefix(2).filter { 2 * $0.count >= first.count }.map(\.name)
        return "The same \(names.joined(separator: ", ")) mood as \(share(first.count, liked)) you like."
    }

    private static func share(_ count: Int, _ all: Int) -> String {
        if all == 1 { return "the book" }
        return count == all ? "all books" : count == 1 ? "one of \(all) books" : "\(count) of \(all) books"
    }

    static func distance(from works: [Work]) -> String {
        "It is far from \(list(works.map { quoted($0.title) })), which you did not like."
    }

    static func novelty(readers: Int) -> String {
        readers == 0 ? "No reader here has marked it yet." : "Few readers here know it: \(readers)."
    }
}
