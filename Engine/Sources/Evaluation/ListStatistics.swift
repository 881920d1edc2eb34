internal import Foundation

/// What lists of recommendations are like taken together, whether they are right or not.
///
/// An item that a list has several times counts once. Lists may have different lengths.
public struct ListStatistics: Sendable, Hashable {
    /// How many lists have an item.
    public let listCount: Int
    /// The share of the catalogue's items that are in a list, 0...1; 0 without a catalogue.
    public let coverage: Double
    /// How unequally items are shown, over the whole catalogue: 0 when all are in as many lists, (n - 1) / n when one of n
    /// items is all that is shown. Nil without lists.
    public let gini: Double?
    /// The mean self-information of an item, in bits, in the mean over lists: -log2 of the share of readers who have it, so
    /// that 1 is an item that every other reader has. Of an item that nobody has, as though one reader had. Nil without
    /// lists.
    ///
    /// Zhou et al., "Solving the apparent diversity-accuracy dilemma of recommender systems", 2010.
    public let novelty: Double?
    /// 1 - the mean cosine of two lists, taken as sets: 0 when all have the same items, 1 when no two share one. Nil for
    /// fewer than two lists.
    ///
    /// Called inter-user diversity in the same paper.
    public let personalisation: Double?

    /// The cosine of lists A and B is a sum over the items they share, of 1 / √(|A| |B|). Summed over all pairs of lists,
    /// an item adds ((Σ w)² - Σ w²) / 2, with w = 1 / √|A| over the lists A that have it. So no two lists are compared.
    ///
    /// Traps if an item is not a place of `popularity`. O(items in lists + n log n) for a catalogue of n.
    ///
    /// - Parameters:
    ///   - lists: item numbers, one list a reader. Empty lists do not count.
    ///   - popularity: [items], how many readers have each item of the catalogue.
    ///   - readerCount: of how many readers.
    public init(lists: [[Int]], popularity: [Int], readerCount: Int) {
        var exposure = Exposure(itemCount: popularity.count)
        let most = Double(max(1, readerCount))
        var information = 0.0
        for list in lists where !list.isEmpty {
            let items = exposure.add(list)
            information += items.reduce(0) { $0 - log2(Double(max(1, popularity[$1])) / most) } / Double(items.count)
        }
        listCount = exposure.listCount
        coverage = exposure.coverage
        gini = Self.gini(of: exposure.lists)
        novelty = listCount > 0 ? information / Double(listCount) : nil
        personalisation = exposure.meanCosine.map { 1 - $0 }
    }

    /// The Gini index of shares of a whole: 0 when all are equal. Nil when there are none, or all are 0. O(n log n).
    ///
    /// Half the mean difference of any two, by their mean; here from the sum over the rising order.
    public static func gini(of shares: [Int]) -> Double? {
        let total = shares.reduce(0, +)
        guard total > 0 else { return nil }
        let n = shares.count
        let weighted = shares.sorted().enumerated().reduce(0.0) { sum, one in
            sum + Double(2 * one.offset + 1 - n) * Double(one.element)
        }
        return weighted / (Double(n) * Double(total))
    }

    /// Intra-list diversity: the mean of 1 - similarity over all pairs of a list. Nil for fewer than two items.
    /// O(length² * cost of a similarity).
    ///
    /// Ziegler et al., "Improving recommendation lists through topic diversification", 2005.
    ///
    /// - Parameter similarity: of two items, the same both ways.
    public static func diversity(of list: [Int], similarity: (Int, Int) -> Double) -> Double? {
        guard list.count > 1 else { return nil }
        var sum = 0.0
        for (place, item) in list.enumerated() {
            for other in list[..<place] { sum += 1 - similarity(other, item) }
        }
        return sum / Double(list.count * (list.count - 1) / 2)
    }
}
