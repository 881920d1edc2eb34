/// All that is kept of a reader of this service, for them to take along.
public struct ReaderRecord: Sendable, Equatable, Encodable {
    /// What they said of a label of a work.
    public struct LabelOpinion: Sendable, Hashable {
        public var work: WorkID
        /// The label's code, also one that this program does not know.
        public var label: String
        /// 0 it does not fit ... 1 it does.
        public var value: Double
        /// In days since 1970-01-01.
        public var day: Int?

        public init(work: WorkID, label: String, value: Double, day: Int?) {
            self.work = work
            self.label = label
            self.value = value
            self.day = day
        }
    }

    public var reader: String
    /// Oldest first, those that were taken back among them.
    public var events: [FeedbackEvent]
    public var labelOpinions: [LabelOpinion]

    public init(reader: String, events: [FeedbackEvent], labelOpinions: [LabelOpinion]) {
        self.reader = reader
        self.events = events
        self.labelOpinions = labelOpinions
    }

    public var isEmpty: Bool { events.isEmpty && labelOpinions.isEmpty }
}

/// What was removed with a reader.
public struct ReaderErasure: Sendable, Hashable {
    public var events: Int
    public var labelOpinions: Int

    public init(events: Int, labelOpinions: Int) {
        self.events = events
        self.labelOpinions = labelOpinions
    }
}

/// A stretch of a reader's events, newest first.
public struct FeedbackPage: Sendable, Equatable {
    /// Where a stretch begins: behind the event that the one before ended with.
    public struct Cursor: Sendable, Hashable {
        public var at: Int64
        public var sequence: Int64

        public init(at: Int64, sequence: Int64) {
            self.at = at
            self.sequence = sequence
        }
    }

    public var events: [FeedbackEvent]
    /// Where the next stretch begins; nil when this is the last.
    public var next: Cursor?

    public init(events: [FeedbackEvent], next: Cursor?) {
        self.events = events
        self.next = next
    }
}
