public import Catalog

/// Remembers what this service's own readers say of books and do with them. What is said is there in the very next question;
/// a reader who is not known is one without a taste, and asking makes nobody known.
///
/// Everything throws `OpinionsUnavailable` when it cannot be read or kept just now.
public protocol ReaderMemory: Sendable {
    /// What a reader thinks of works now. Asked with every recommendation: far less than a millisecond.
    func taste(of reader: String) throws -> ReaderTaste

    /// Adds events to a reader's log; events that are known already change nothing.
    /// - Returns: what became of each, in their order.
    func append(_ events: [FeedbackEvent], by reader: String) throws -> [FeedbackOutcome]

    /// Takes an event back, as if it had never been.
    /// - Returns: the event as it is now; nil when the reader has none with this id.
    func undo(_ id: String, by reader: String) throws -> FeedbackEvent?

    /// Takes back the last thing that a reader said of a work.
    /// - Returns: the event as it is now; nil when there is nothing to take back.
    func undoLast(on work: WorkID, by reader: String) throws -> FeedbackEvent?

    /// A stretch of a reader's log, newest first.
    /// - Parameter cursor: where to begin; nil for the newest.
    func history(of reader: String, from cursor: FeedbackPage.Cursor?, limit: Int) throws -> FeedbackPage

    /// All that is kept of a reader.
    func record(of reader: String) throws -> ReaderRecord

    /// Removes all that is kept of a reader.
    func erase(_ reader: String) throws -> ReaderErasure
}
