public import Catalog

/// Opinions cannot be read or kept just now.
public struct OpinionsUnavailable: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// Keeps what readers say of the labels of books: shown to them as theirs at once, and learned from at the next training.
public protocol LabelOpinionKeeping: Sendable {
    /// What a reader has said of a work: whether the label holds.
    /// - Throws: `OpinionsUnavailable`.
    func opinions(on work: WorkID, by reader: String) throws -> [BookLabel: Bool]

    /// Keeps what a reader says in place of what they said before; nil takes it back.
    /// - Throws: `OpinionsUnavailable`.
    func keep(_ holds: Bool?, of label: BookLabel, on work: WorkID, by reader: String) throws
}
