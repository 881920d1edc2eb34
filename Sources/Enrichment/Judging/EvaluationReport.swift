public import Evaluation

/// What an evaluation found, as tables.
public struct EvaluationReport: Sendable, Codable {
    public struct Table: Sendable, Codable {
        public var title: String
        public var columns: [String]
        public var rows: [Row]

        public init(title: String, columns: [String], rows: [Row]) {
            self.title = title
            self.columns = columns
            self.rows = rows
        }
    }

    public struct Row: Sendable, Codable {
        public var name: String
        /// How many examples.
        public var examples: Int
        public var cells: [Cell?]

        public init(name: String, examples: Int, cells: [Cell?]) {
            self.name = name
            self.examples = examples
            self.cells = cells
        }
    }

    /// A figure, with its 95 % interval where it has one.
    public struct Cell: Sendable, Codable {
        public var value: Double
        public var low: Double?
        public var high: Double?

        public init(_ value: Double) { self.value = value }

        public init?(_ estimate: Estimate?) {
            guard let estimate else { return nil }
            (value, low, high) = (estimate.value, estimate.low, estimate.high)
        }
    }

    /// What was said to be how likely, and how often it was so.
    public struct Calibration: Sendable, Codable {
        public struct Bin: Sendable, Codable {
            public var count: Int
            public var said: Double
            public var seen: Double
        }
        public var name: String
        public var expectedError: Double
        public var bins: [Bin]

        init(_ name: String, probabilities: [Double], labels: [Bool]) {
            let curve = CalibrationCurve(probabilities: probabilities, labels: labels)
            self.name = name
            expectedError = curve.expectedError
            bins = curve.bins.map { Bin(count: $0.count, said: $0.said, seen: $0.seen) }
        }
    }

    public var tables: [Table] = []
    public var calibration: [Calibration] = []
    /// Said under the tables, a paragraph each.
    public var notes: [String] = []

    public init(tables: [Table] = [], calibration: [Calibration] = [], notes: [String] = []) {
        self.tables = tables
        self.calibration = calibration
        self.notes = notes
    }
}
