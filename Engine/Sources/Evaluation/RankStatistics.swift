/// How well scores put the positive examples before the negative ones.
public enum RankStatistics {
    /// The area under the ROC curve: the chance that a positive example scores higher than a negative one, where equal
    /// scores count half. Nil without examples of both kinds, or when a score is not a number. O(n log n).
    ///
    /// Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic curve", 1982.
    public static func areaUnderROC(scores: [Double], labels: [Bool]) -> Double? {
        precondition(scores.count == labels.count, "\(scores.count) scores and \(labels.count) labels")
        let positives = labels.count { $0 }
        let negatives = labels.count - positives
        guard positives > 0, negatives > 0, let ranks = ranks(of: scores) else { return nil }
        let sum = zip(ranks, labels).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        let (p, n) = (Double(positives), Double(negatives))
        return (sum - p * (p + 1) / 2) / (p * n)
    }

    /// The mean, over the positive examples, of the precision down to each of them, best score first. Among equal scores
    /// the precision is that below the last of them. Nil without a positive example, or when a score is not a number.
    /// O(n log n).
    public static func averagePrecision(scores: [Double], labels: [Bool]) -> Double? {
        precondition(scores.count == labels.count, "\(scores.count) scores and \(labels.count) labels")
        let positives = labels.count { $0 }
        guard positives > 0, scores.allSatisfy({ !$0.isNaN }) else { return nil }
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        var (sum, found, start) = (0.0, 0, 0)
        while start < order.count {
            var end = start
            var here = 0
            while end < order.count, scores[order[end]] == scores[order[start]] {
                if labels[order[end]] { here += 1 }
                end += 1
            }
            found += here
            sum += Double(here) * Double(found) / Double(end)
            start = end
        }
        return sum / Double(positives)
    }

    /// Spearman's rank correlation, -1...1, with the mean rank for equal values. Nil for fewer than two pairs, when a
    /// side is all equal, or when a value is not a number. O(n log n).
    public static func spearman(_ a: [Double], _ b: [Double]) -> Double? {
        precondition(a.count == b.count, "\(a.count) and \(b.count) values")
        guard a.count > 1, let x = ranks(of: a), let y = ranks(of: b) else { return nil }
        // The mean of the ranks 1...n whatever is equal.
        let mean = Double(a.count + 1) / 2
        var (xy, xx, yy) = (0.0, 0.0, 0.0)
        for (x, y) in zip(x, y) {
            xy += (x - mean) * (y - mean)
            xx += (x - mean) * (x - mean)
            yy += (y - mean) * (y - mean)
        }
        guard xx > 0, yy > 0 else { return nil }
        return xy / (xx * yy).squareRoot()
    }

    /// The places from 1 in rising order; equal values share the mean of theirs.
    private static func ranks(of values: [Double]) -> [Double]? {
        guard values.allSatisfy({ !$0.isNaN }) else { return nil }
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
            start = end
        }
        return ranks
    }
}
