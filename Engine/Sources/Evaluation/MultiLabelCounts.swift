/// How often labels were given rightly and wrongly, where an example can have any number of them.
public struct MultiLabelCounts: Sendable {
    /// Of one label.
    public struct Counts: Sendable, Hashable {
        public var truePositives = 0
        public var falsePositives = 0
        public var falseNegatives = 0

        /// Nil when the label was never given.
        public var precision: Double? {
            let given = truePositives + falsePositives
            return given == 0 ? nil : Double(truePositives) / Double(given)
        }
        /// Nil when no example has the label.
        public var recall: Double? {
            let there = truePositives + falseNegatives
            return there == 0 ? nil : Double(truePositives) / Double(there)
        }
        /// The harmonic mean of both; nil when the label was neither given nor there.
        public var f1: Double? {
            let all = 2 * truePositives + falsePositives + falseNegatives
            return all == 0 ? nil : 2 * Double(truePositives) / Double(all)
        }
    }

    /// By label.
    public private(set) var labels: [Counts]

    public init(labels: Int) {
        self.labels = [Counts](repeating: Counts(), count: labels)
    }

    /// Counts one example. O(labels).
    public mutating func add(given: Set<Int>, there: Set<Int>) {
        for label in labels.indices {
            switch (given.contains(label), there.contains(label)) {
            case (true, true): labels[label].truePositives += 1
            case (true, false): labels[label].falsePositives += 1
            case (false, true): labels[label].falseNegatives += 1
            case (false, false): break
            }
        }
    }

    /// F1 over all decisions, so that a frequent label counts as often as it occurs; nil without any.
    public var microF1: Double? {
        labels.reduce(into: Counts()) { sum, one in
            sum.truePositives += one.truePositives
            sum.falsePositives += one.falsePositives
            sum.falseNegatives += one.falseNegatives
        }.f1
    }

    /// The mean F1 of the labels that some example has, each counting once; nil without any.
    public var macroF1: Double? {
        let values = labels.filter { $0.recall != nil }.compactMap(\.f1)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
