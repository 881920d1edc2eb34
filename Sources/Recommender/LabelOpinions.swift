public import Catalog

/// Keeps what readers say of the labels of books: shown to them as theirs at once, and learned from at the next training.
public protocol LabelOpinionKeeping: Sendable {
    /// What a reader has said of a work: whether the label holds.
    func opinions(on work: WorkID, by reader: String) throws -> [BookLabel: Bool]

    /// Keeps what a reader says in place of what they said before; nil takes it back.
    func keep(_ holds: Bool?, of label: BookLabel, on work: WorkID, by reader: String) throws
}
