public import Catalog
import Foundation

/// Demonstration readers, so that a shelf without readers can show what readers add. They are marked as simulated
/// wherever they go and count in no metric.
///
/// The model, for reader r and work w:
/// - taste t(r, c) ~ N(0, 1) for every category c; affinity a(r, w) = the sum of t(r, c) over the categories of w,
///   divided by the square root of their number (0 without any);
/// - activity n(r) = 20 · exp(0.7 · N(0, 1)), rounded, from 5 to 200, and never more than half of the works;
/// - choice: n(r) works without replacement, each with weight (ratings of w + 10)^0.6 · exp(1.2 · a(r, w)), by the
///   largest log-weight plus Gumbel noise (Efraimidis and Spirakis, 2006);
/// - stars = mean of w (3.8 where unknown) + 0.7 · a(r, w) + 0.6 · N(0, 1), rounded, from 1 to 5;
/// - the day: uniform over the ten years before 2025-01-01.
///
/// The same seed, works and number of readers give the same marks on every machine.
public struct SimulatedReaders: Sendable {
    public struct Book: Sendable {
        public var item: RatedItem
        public var categories: [String]
        public var mean: Double?
        public var ratingsCount: Int

        public init(item: RatedItem, categories: [String], mean: Double?, ratingsCount: Int) {
            self.item = item
            self.categories = categories
            self.mean = mean
            self.ratingsCount = ratingsCount
        }
    }

    private let books: [Book]
    private let categoriesOfBooks: [[Int]]
    private let categoryCount: Int
    private let popularity: [Double]
    private let seed: UInt64

    /// - Parameter books: in an order that does not depend on the machine.
    public init(of books: [Book], seed: UInt64) {
        self.books = books
        self.seed = seed
        var numbers: [String: Int] = [:]
        categoriesOfBooks = books.map { book in
            book.categories.map { category in
                let folded = FoldedText.fold(category)
                let number = numbers[folded] ?? numbers.count
                numbers[folded] = number
                return number
            }
        }
        categoryCount = numbers.count
        popularity = books.map { 0.6 * log(Double($0.ratingsCount) + 10) }
    }

    /// The marks of the reader with this number, in the order of the works. O(works log works).
    public func marks(ofReader number: Int) -> [ReaderMark] {
        // Each reader has a sequence of its own, so that more readers change nothing for those before.
        // Mixed twice: from neighbouring states SplitMix64 gives the same sequence, one step apart.
        var random = SeededRandom(seed: SeededRandom.mix(seed &+ SeededRandom.mix(UInt64(number) &+ 1)))
        let taste = (0..<categoryCount).map { _ in random.normal() }
        let affinity = categoriesOfBooks.map { categories in
            categories.isEmpty ? 0 : categories.reduce(0) { $0 + taste[$1] } / Double(categories.count).squareRoot()
        }
        let wanted = min(200, max(5, (20 * exp(0.7 * random.normal())).rounded()))
        let count = min(Int(wanted), books.count / 2)
        let keys = books.indices.map { popularity[$0] + 1.2 * affinity[$0] + random.gumbel() }
        let chosen = books.indices.sorted { keys[$0] > keys[$1] }.prefix(count).sorted()
        return chosen.map { place in
            let liking = (books[place].mean ?? 3.8) + 0.7 * affinity[place] + 0.6 * random.normal()
            return ReaderMark(
                reader: "simulated-\(number)", item: books[place].item, stars: min(5, max(1, liking.rounded())),
                shelf: .read, day: Self.endDay - 1 - Int(random.unit() * 3_650))
        }
    }

    /// 2025-01-01 in days since 1970-01-01.
    private static let endDay = 20_089
}

/// SplitMix64 (Steele, Lea and Flood, 2014) with the distributions of the model.
private struct SeededRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    static func mix(_ bits: UInt64) -> UInt64 {
        var mixed = bits
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in (0, 1).
    mutating func unit() -> Double { (Double(next() >> 11) + 0.5) / 9_007_199_254_740_992 }

    /// Standard normal, by Box and Muller (1958).
    mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

    mutating func gumbel() -> Double { -log(-log(unit())) }
}
