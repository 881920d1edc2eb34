import Catalog
import CatalogStore
import CollaborativeFiltering
import Evaluation
import Recommender

/// A library's readers, parted into those who are learned from and those who judge what was learned.
struct JudgingReaders {
    /// What a reader marked: rows, and in how many stars.
    typealias Marks = [(row: Int, stars: Double?)]

    /// One who judges: what is known of them, and what they like besides.
    struct Judge: Sendable {
        var name: String
        var known: [LibraryReader.Mark]
        var hidden: Set<Int>

        var marks: Marks { known.map { ($0.row, $0.stars) } }
        var knownRows: Set<Int> { Set(known.map(\.row)) }
        /// The rows that they are known to like.
        var liked: [Int] {
            known.filter { ($0.stars ?? ReaderSignal.like) >= ReaderSignal.likingStars }.map(\.row)
        }
    }

    /// Of whom everything may be learned.
    var learned: [[LibraryReader.Mark]] = []
    var validation: [Judge] = []
    var test: [Judge] = []
    /// Tells this split from others.
    var fingerprint = ""
    let works: Int

    /// Readers with fewer rated books are learned from and do not judge.
    static let fewest = 5

    /// - Parameters:
    ///   - readers: every reader's name and marks, one a work.
    ///   - shares: of readers who are learned from, and who choose parameters; the others judge.
    init(
        _ readers: [(name: String, marks: [LibraryReader.Mark])], works: Int, seed: UInt64,
        shares: (train: Double, validation: Double) = (0.7, 0.15)
    ) {
        self.works = works
        let split = ReaderSplit(seed: seed, trainShare: shares.train, validationShare: shares.validation)
        let judging = readers.filter { $0.marks.count { $0.stars != nil } >= Self.fewest }
        for (name, marks) in readers {
            let part = marks.count { $0.stars != nil } >= Self.fewest ? split.part(ofReader: name) : .train
            guard part != .train else {
                learned.append(marks)
                continue
            }
            let parted = split.split(marks.map(\.row), ofReader: name)
            let known = Set(parted.known)
            let hidden = marks.filter { !known.contains($0.row) && ($0.stars ?? 0) >= ReaderSignal.likingStars }
            // Who likes nothing of what is hidden cannot tell good lists from bad ones.
            guard !hidden.isEmpty else { continue }
            let judge = Judge(
                name: name, known: marks.filter { known.contains($0.row) }, hidden: Set(hidden.map(\.row)))
            if part == .validation { validation.append(judge) } else { test.append(judge) }
        }
        fingerprint = split.fingerprint(of: judging.map { ($0.name, $0.marks.map(\.row)) })
    }

    /// Every reader of a library who is not simulated.
    /// - Parameter rows: by work.
    static func readers(
        of library: Library, rows: [WorkID: Int]
    ) throws -> [(name: String, marks: [LibraryReader.Mark])] {
        var readers: [(name: String, marks: [LibraryReader.Mark])] = []
        try LibraryReader.forEach(in: library, rows: rows) { reader in
            if !reader.isSimulated { readers.append((reader.name, reader.marks)) }
        }
        return readers
    }

    /// What is learned from: how strongly readers are drawn to what they marked.
    var signals: Interactions {
        Interactions(learned.lazy.map { $0.compactMap(\.signal) }, itemCount: works)
    }

    /// What those who are learned from like.
    var likes: Interactions {
        Interactions(learned.lazy.map { $0.filter(\.isLike).map { Signal(item: $0.row) } }, itemCount: works)
    }

    /// How many of those who are learned from like each work.
    var likers: [Int] {
        var counts = [Int](repeating: 0, count: works)
        for marks in learned { for mark in marks where mark.isLike { counts[mark.row] += 1 } }
        return counts
    }

    /// The same judges, of whom no more than so many books are known; those of whom fewer are, are left out. What they like of
    /// the others is to be found too: a book that somebody likes is no wrong answer.
    static func shortened(_ judges: [Judge], to count: Int, seed: UInt64) -> [Judge] {
        let split = ReaderSplit(seed: seed)
        return judges.compactMap { judge in
            guard judge.known.count > count else { return nil }
            let kept = Set(split.keepOnly(count, of: judge.known.map(\.row), ofReader: judge.name))
            var short = judge
            short.known = judge.known.filter { kept.contains($0.row) }
            short.hidden.formUnion(judge.known.filter { !kept.contains($0.row) && $0.isLike }.map(\.row))
            return short
        }
    }
}
