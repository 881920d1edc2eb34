import Foundation

// What readers take along is written as they sent it.

extension ReaderRecord.LabelOpinion: Encodable {
    private enum Key: String, CodingKey {
        case book, label, value, day
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(work, forKey: .book)
        try container.encode(label, forKey: .label)
        try container.encode(value, forKey: .value)
        let style = Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day()
        try container.encodeIfPresent(
            day.map { Date(timeIntervalSince1970: Double($0) * 86_400).formatted(style) }, forKey: .day)
    }
}

extension FeedbackEvent: Encodable {
    private enum Key: String, CodingKey {
        case id, type, book, value, at, requestId, undoneAt
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(kind, forKey: .type)
        try container.encode(work, forKey: .book)
        try container.encodeIfPresent(value, forKey: .value)
        try container.encode(Self.text(ofTime: at), forKey: .at)
        try container.encodeIfPresent(requestID, forKey: .requestId)
        try container.encodeIfPresent(undoneAt.map(Self.text(ofTime:)), forKey: .undoneAt)
    }

    /// Reads a time as RFC 3339 writes it, `2026-11-30T12:00:00Z`, to the millisecond.
    /// - Returns: in milliseconds since 1970; nil for what is no time.
    public static func time(_ text: String) -> Int64? {
        guard text.utf8.count <= 40 else { return nil }
        let date = [false, true].lazy.compactMap {
            try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: $0))
        }.first
        return date.map { Int64(($0.timeIntervalSince1970 * 1_000).rounded()) }
    }

    /// The time in UTC, `2026-11-30T12:00:00.000Z`.
    public static func text(ofTime milliseconds: Int64) -> String {
        // Thousandths have no exact value in binary, and the style cuts off what is below one.
        Date(timeIntervalSince1970: (Double(milliseconds) + 0.25) / 1_000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
