public import Catalog

/// What is known of the labels of works, from all sources, by row of a `LabelInputs`.
public struct LabelExamples: Sendable {
    /// What one source says of one label of one work.
    public struct Opinion: Sendable, Hashable {
        public var row: Int
        public var label: Label
        /// 0...1; of a mood, its strength.
        public var value: Float
        /// How much it counts.
        public var weight: Float

        public init(row: Int, label: Label, value: Float, weight: Float) {
            self.row = row
            self.label = label
            self.value = value
            self.weight = weight
        }
    }

    /// What opinions are about.
    public enum Label: Sendable, Hashable {
        case book(BookLabel)
        /// Something akin to the emotions that the model itself does not tell, but learns from.
        case auxiliary(String)

        /// Nil for the code of neither. Auxiliary codes begin with `aux.`.
        public init?(code: String) {
            if let label = BookLabel(code: code) {
                self = .book(label)
            } else if code.hasPrefix("aux.") {
                self = .auxiliary(code)
            } else {
                return nil
            }
        }
    }

    public var opinions: [Opinion] = []

    public init() {}

    /// How much sources count against one another: a person who has read the label's meaning counts most.
    public enum Weight {
        public static let person: Float = 4
        public static let named: Float = 1
        /// A catalogue mostly names one genre, so that it leaves another one out says little.
        public static let leftOut: Float = 0.5
    }

    /// Adds what catalogue and readers' shelves say of a work's genres. O(genres).
    public mutating func add(row: Int, catalogue: Filing, shelves: Filing?) {
        func add(_ filing: Filing, leftOut: Float) {
            if let isFiction = filing.isFiction {
                opinions.append(
                    .init(row: row, label: .book(.fiction), value: isFiction ? 1 : 0, weight: Weight.named))
            }
            for genre in Genre.allCases {
                let isNamed = filing.genres.contains(genre)
                // A genre of the other side is out of the question, whatever was left out.
                let isForeign = filing.isFiction.map { genre.side == ($0 ? .nonFiction : .fiction) } ?? false
                guard isNamed || isForeign || !filing.genres.isEmpty else { continue }
                opinions.append(
                    .init(
                        row: row, label: .book(.genre(genre)), value: isNamed ? 1 : 0,
                        weight: isNamed || isForeign ? Weight.named : leftOut))
            }
        }
        add(catalogue, leftOut: Weight.leftOut)
        if let shelves { add(shelves, leftOut: Weight.named) }
    }
}
