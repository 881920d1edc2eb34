/// One thing that a reader of this service has said of a work, or done with it.
public struct FeedbackEvent: Sendable, Hashable {
    /// What can be said or done. The raw values are stored and sent: none is ever renamed.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case rating, like, dislike
        case notInterested = "not-interested"
        case toRead = "to-read"
        case read, click, impression

        /// Whether the reader has said it; the others were only noticed, and tell nothing of their taste by themselves.
        public var isSaid: Bool { self != .click && self != .impression }
    }

    /// Chosen by whoever sends it, and unique for their reader: the same event sent again counts once.
    public var id: String
    public var work: WorkID
    public var kind: Kind
    /// The stars of a rating; nil for all other kinds.
    public var value: Double?
    /// When it happened, in milliseconds since 1970.
    public var at: Int64
    /// The `requestId` of the list of books that it answers.
    public var requestID: String?
    /// When it was taken back, in milliseconds since 1970; nil while it holds.
    public var undoneAt: Int64?

    public init(
        id: String, work: WorkID, kind: Kind, value: Double? = nil, at: Int64, requestID: String? = nil,
        undoneAt: Int64? = nil
    ) {
        self.id = id
        self.work = work
        self.kind = kind
        self.value = value
        self.at = at
        self.requestID = requestID
        self.undoneAt = undoneAt
    }
}

extension FeedbackEvent {
    /// The stars that a rating may have.
    public static let stars: ClosedRange<Double> = 0.5...5
    /// Letters of an id, and of a request's.
    public static let idLengths = 1...64
    /// How far ahead of ours a clock may be, in milliseconds.
    public static let clockSkew: Int64 = 5 * 60_000

    /// What keeps it from being taken; nil when nothing does. O(1).
    /// - Parameter now: in milliseconds since 1970.
    public func flaw(at now: Int64) -> FeedbackFlaw? {
        if !Self.isName(id) { return .invalidID }
        if let requestID, !Self.isName(requestID) { return .invalidRequestID }
        if !Self.idLengths.contains(work.rawValue.utf8.count) { return .unknownBook }
        if kind == .rating {
            guard let value, Self.stars.contains(value) else { return .valueOutOfRange }
        } else if value != nil {
            return .valueNotAllowed
        }
        return (0...now + Self.clockSkew).contains(at) ? nil : .invalidTime
    }

    /// Whether it is of 1 to 64 of `A-Z a-z 0-9 . _ : -`.
    public static func isName(_ text: String) -> Bool {
        idLengths.contains(text.utf8.count)
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// Why an event is not taken. The raw values are sent: none is ever renamed.
public enum FeedbackFlaw: String, Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Something in it is no text or number, is missing, or has a name that nothing has.
    case invalidEvent
    case invalidID = "invalidId"
    case unknownType
    case unknownBook
    case valueOutOfRange
    case valueNotAllowed
    case invalidTime
    case invalidRequestID = "invalidRequestId"
    /// The reader has another event with this id.
    case idTaken
    /// The reader has as many events as are kept of one.
    case historyFull

    public var description: String {
        switch self {
        case .invalidEvent:
            "An event has the fields id, type, book, value, at and requestId, each a text or, value, a number."
        case .invalidID: "id must be 1 to 64 of the characters A-Z a-z 0-9 . _ : and -, chosen anew for each event."
        case .unknownType:
            "type must be \(FeedbackEvent.Kind.allCases.dropLast().map(\.rawValue).joined(separator: ", ")) or "
                + "\(FeedbackEvent.Kind.impression.rawValue)."
        case .unknownBook: "book must be the id or an ISBN of a book that is here."
        case .valueOutOfRange: "A rating needs a value from 0.5 to 5 stars."
        case .valueNotAllowed: "Only a rating has a value."
        case .invalidTime:
            "at must be a time as 2026-11-30T12:00:00Z, since 1970 and not in the future; without it, it is now."
        case .invalidRequestID:
            "requestId must be that of an answer: 1 to 64 of the characters A-Z a-z 0-9 . _ : and -."
        case .idTaken: "Another event of this reader has this id; choose a new one."
        case .historyFull: "This reader has as many events as are kept of one; no more are taken."
        }
    }
}

/// What became of an event that was sent.
public enum FeedbackOutcome: Sendable, Hashable {
    case accepted
    /// It is here already; nothing changed.
    case known
    case rejected(FeedbackFlaw)
}
