extension ListStatistics {
    /// In how many lists each item is, and what pairs of lists share.
    struct Exposure {
        private(set) var listCount = 0
        // [items] each.
        private(set) var lists: [Int]
        private var lastList: [Int]
        private var weights: [Double]
        private var squares: [Double]

        init(itemCount: Int) {
            lists = [Int](repeating: 0, count: itemCount)
            lastList = lists
            weights = [Double](repeating: 0, count: itemCount)
            squares = weights
        }

        /// Counts a list that is not empty; gives its items, each once. O(length).
        mutating func add(_ list: [Int]) -> [Int] {
            listCount += 1
            var items: [Int] = []
            items.reserveCapacity(list.count)
            for item in list {
                precondition(lists.indices.contains(item), "item \(item) of \(lists.count)")
                if lastList[item] == listCount { continue }
                lastList[item] = listCount
                items.append(item)
            }
            let square = 1 / Double(items.count)
            let weight = square.squareRoot()
            for item in items {
                lists[item] += 1
                weights[item] += weight
                squares[item] += square
            }
            return items
        }

        var coverage: Double {
            lists.isEmpty ? 0 : Double(lists.count { $0 > 0 }) / Double(lists.count)
        }

        /// Of any two lists; nil for fewer. O(items).
        var meanCosine: Double? {
            guard listCount > 1 else { return nil }
            let pairs = Double(listCount) * Double(listCount - 1) / 2
            let sum = zip(weights, squares).reduce(0.0) { sum, one in
                // What only one list has adds nothing, not even what rounding leaves.
                sum + max(0, one.0 * one.0 - one.1) / 2
            }
            return min(1, sum / pairs)
        }
    }
}
