import Catalog
import CatalogStore
import CollaborativeFiltering
import VectorIndex

extension Recommender {
    /// Why a book suits a reader: one reason for each feature that adds a tenth of the score or more, with what it adds; what the
    /// others add goes with how it is rated, so that all reasons together are the score.
    func tasteReasons(_ row: Int, _ shown: ShownWork, _ scoring: TasteScoring) throws -> [Reason] {
        let parts = scoring.contributions(row)
        let total = parts.reduce(0, +)
        func part(_ features: TasteFeature...) -> Double { features.reduce(0) { $0 + parts[$1.rawValue] } }
        var reasons: [Reason] = []
        var told = 0.0
        func add(_ kind: Reason.Kind, _ contribution: Double, _ text: () throws -> String?) rethrows {
            guard contribution >= 0.1 * total, contribution > 0, let text = try text() else { return }
            told += contribution
            reasons.append(Reason(kind: kind, text: text, contribution: contribution))
        }
        let liked = scoring.taste.liked
        try add(.readers, part(.readers, .company)) {
            let shared = contributors(to: row, scoring)
            return try shared.isEmpty ? nil : Wording.readersOf(works(shared))
        }
        try add(.examples, part(.meaning)) {
            try closest(to: row, among: liked.map(\.row)).map { Wording.examples([try work(atRow: $0)]) }
        }
        try add(.author, part(.author)) {
            let own = Set(columns.authors[row])
            guard let other = liked.first(where: { !own.isDisjoint(with: columns.authors[$0.row]) }) else { return nil }
            let name = columns.authors[row].first { columns.authors[other.row].contains($0) }
            return Wording.author(name.map { columns.authors.names[Int($0)] } ?? "", of: try work(atRow: other.row))
        }
        try add(.series, part(.series)) {
            let own = Set(columns.series[row])
            guard let other = liked.first(where: { !own.isDisjoint(with: columns.series[$0.row]) }),
                let code = own.first
            else { return nil }
            return Wording.series(columns.series.names[Int(code)], of: try work(atRow: other.row))
        }
        add(.genre, part(.genre)) {
            Wording.genres(shared(.genre, row, liked), of: liked.count)
        }
        add(.mood, part(.mood)) {
            Wording.moods(shared(.mood, row, liked), of: liked.count)
        }
        try add(.distance, part(.distance)) {
            Wording.distance(from: try works(Array(scoring.taste.disliked.prefix(2))))
        }
        add(.novelty, part(.novelty)) { Wording.novelty(readers: readerNeighbors.readers(row).all) }
        reasons.append(Reason(kind: .rating, text: shown.rating, contribution: total - told))
        return reasons
    }

    /// The books that the reader likes and that say most for this one: at most two, the second only if it says half as much.
    private func contributors(to row: Int, _ scoring: TasteScoring) -> [Int] {
        let signals = scoring.taste.signals
        let liked = Set(scoring.taste.liked.map(\.row))
        var sums = signals.map { _ in Float(0) }
        for model in [tastes.readers, tastes.company] as [any CollaborativeModel] {
            let own = model.contributions(of: signals, to: row)
            let total = own.reduce(0) { $0 + max(0, $1) }
            if total > 0 { for place in sums.indices { sums[place] += own[place] / total } }
        }
        let ordered = signals.indices.filter { liked.contains(signals[$0].item) && sums[$0] > 0 }
            .sorted { (sums[$0], $1) > (sums[$1], $0) }
        guard let first = ordered.first else { return [] }
        return ordered.prefix(2).filter { sums[$0] >= sums[first] / 2 }.map { signals[$0].item }
    }

    private func closest(to row: Int, among liked: [Int]) throws -> Int? {
        let vector = TasteSources.unitVector(tastes.vectors.vectors.vector(at: row))
        let scores = try tastes.vectors.scores(of: vector, rows: liked)
        return zip(liked, scores).max { $0.1 < $1.1 }?.0
    }

    private enum Shared { case genre, mood }

    /// What is said of this book and of most others that the reader likes, what is said of most of them first.
    private func shared(_ kind: Shared, _ row: Int, _ liked: [Taste.Liked]) -> [(name: String, count: Int)] {
        let labels: [(Traits.Trait, BookLabel)] =
            switch kind {
            case .genre: Genre.allCases.map { (.genre($0), .genre($0)) }
            case .mood: Mood.allCases.map { (.mood($0), .mood($0)) }
            }
        return labels.compactMap { trait, label -> (String, Int)? in
            let bit: UInt64 = 1 << UInt64(Traits.place(trait))
            guard traits.bits[row] & bit != 0 else { return nil }
            let count = liked.count { traits.bits[$0.row] & bit != 0 }
            return count > 0 ? (label.name, count) : nil
        }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
    }

    private func works(_ rows: [Int]) throws -> [Work] { try shownWorks(atRows: rows).map(\.work) }
}
