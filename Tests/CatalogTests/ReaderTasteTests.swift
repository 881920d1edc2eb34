import Catalog
import Testing

@Suite("What a reader thinks, from what they said")
struct ReaderTasteTests {
    private static let tides = WorkID(rawValue: "tides")
    private static let moss = WorkID(rawValue: "moss")

    private func event(
        _ kind: FeedbackEvent.Kind, _ at: Int64, of work: WorkID = tides, _ value: Double? = nil, undone: Bool = false
    ) -> FeedbackEvent {
        FeedbackEvent(
            id: "\(kind)-\(at)", work: work, kind: kind, value: value, at: at, undoneAt: undone ? at + 1 : nil)
    }

    @Test func theLastVerdictOnAWorkCounts() {
        let taste = ReaderTaste([
            event(.rating, 1, 4.5), event(.dislike, 2), event(.like, 1, of: Self.moss),
            event(.rating, 2, of: Self.moss, 2),
        ])
        #expect(taste.disliked == [Self.tides])
        #expect(taste.ratings == [Self.moss: 2])
        #expect(taste.liked.isEmpty)
        // Both were rated once, and so have been read.
        #expect(taste.read == [Self.tides, Self.moss])
        #expect(taste.standings[Self.tides]?.at == 2)
    }

    @Test func theOrderIsThatOfWhatHappenedNotOfWhatCame() {
        let events = [event(.rating, 3, 1), event(.rating, 1, 5), event(.rating, 2, 3)]
        #expect(ReaderTaste(events).ratings == [Self.tides: 1])
        // At one moment, the one that came last.
        #expect(ReaderTaste([event(.like, 1), event(.dislike, 1)]).disliked == [Self.tides])
        #expect(ReaderTaste([event(.dislike, 1), event(.like, 1)]).liked == [Self.tides])
    }

    @Test func whatIsTakenBackWasNeverSaid() {
        #expect(ReaderTaste([event(.like, 1), event(.notInterested, 2, undone: true)]).liked == [Self.tides])
        #expect(ReaderTaste([event(.like, 1, undone: true)]).isEmpty)
        // In the middle.
        let taste = ReaderTaste([event(.toRead, 1), event(.read, 2, undone: true), event(.like, 3)])
        #expect(taste.wantToRead == [Self.tides] && taste.liked == [Self.tides] && taste.read.isEmpty)
    }

    @Test func whatIsWantedAndWhatIsNotShutEachOtherOut() {
        #expect(ReaderTaste([event(.toRead, 1), event(.notInterested, 2)]).wantToRead.isEmpty)
        #expect(ReaderTaste([event(.toRead, 1), event(.dislike, 2)]).wantToRead.isEmpty)
        #expect(ReaderTaste([event(.notInterested, 1), event(.toRead, 2)]).dismissed.isEmpty)
        #expect(ReaderTaste([event(.notInterested, 1), event(.rating, 2, 4)]).dismissed.isEmpty)
        #expect(ReaderTaste([event(.toRead, 1), event(.rating, 2, 4)]).wantToRead.isEmpty)
        // Read, and not to be shown again: both hold.
        let both = ReaderTaste([event(.read, 1), event(.notInterested, 2)])
        #expect(both.read == [Self.tides] && both.dismissed == [Self.tides])
    }

    @Test func whatIsOnlyNoticedSaysNothing() {
        #expect(ReaderTaste([event(.click, 1), event(.impression, 2)]).isEmpty)
    }

    @Test func starsAreLikesByTheirNumber() {
        let taste = ReaderTaste([event(.rating, 1, 4), event(.like, 1, of: Self.moss)])
        #expect(taste.likes(atLeast: 4) == [Self.tides, Self.moss])
        #expect(taste.likes(atLeast: 4.5) == [Self.moss])
        #expect(ReaderTaste([event(.rating, 1, 2)]).dislikes(atMost: 2) == [Self.tides])
        #expect(ReaderTaste([event(.rating, 1, 2.5)]).dislikes(atMost: 2).isEmpty)
    }

    /// Whatever is said in whatever order: to take an event back is the same as never to have said it, and reading one by one
    /// is reading all.
    @Test(arguments: 0..<50)
    func takingBackIsNeverHavingSaid(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let events = (0..<20).map { number -> FeedbackEvent in
            let kind = FeedbackEvent.Kind.allCases.randomElement(using: &generator) ?? .like
            let stars = kind == .rating ? Double(Int.random(in: 1...10, using: &generator)) / 2 : nil
            let work = Bool.random(using: &generator) ? Self.tides : Self.moss
            return FeedbackEvent(id: "\(number)", work: work, kind: kind, value: stars, at: Int64(number))
        }
        for number in events.indices {
            var (undone, without) = (events, events)
            undone[number].undoneAt = 100
            without.remove(at: number)
            #expect(ReaderTaste(undone) == ReaderTaste(without))
        }
        var taste = ReaderTaste()
        for event in events { taste.add(event) }
        #expect(taste == ReaderTaste(events.shuffled(using: &generator)))
        #expect(taste.wantToRead.isDisjoint(with: taste.dismissed))
        #expect(taste.wantToRead.isDisjoint(with: taste.read))
        #expect(taste.liked.isDisjoint(with: taste.disliked))
        for (work, standing) in taste.standings {
            #expect(!(standing.verdict == nil && standing.shelf == nil), "\(work)")
        }
    }

    /// SplitMix64.
    private struct SeededGenerator: RandomNumberGenerator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }
}

@Suite("What may be said")
struct FeedbackEventTests {
    private static let now: Int64 = 1_800_000_000_000

    private static func event(
        id: String = "a", kind: FeedbackEvent.Kind = .rating, value: Double? = 4, at: Int64 = now,
        request: String? = nil
    ) -> FeedbackEvent {
        FeedbackEvent(
            id: id, work: WorkID(rawValue: "w"), kind: kind, value: value, at: at, requestID: request)
    }

    @Test(
        arguments: [
            (event(), nil), (event(value: 0.5), nil), (event(value: 5), nil), (event(kind: .like, value: nil), nil),
            (event(value: 0.49), .valueOutOfRange), (event(value: 5.01), .valueOutOfRange),
            (event(value: nil), .valueOutOfRange), (event(value: .nan), .valueOutOfRange),
            (event(value: .infinity), .valueOutOfRange), (event(kind: .like, value: 4), .valueNotAllowed),
            (event(id: ""), .invalidID), (event(id: "a b"), .invalidID), (event(id: "é"), .invalidID),
            (event(id: String(repeating: "a", count: 64)), nil),
            (event(id: String(repeating: "a", count: 65)), .invalidID),
            (event(id: "A-z.0_9:"), nil), (event(request: "a/b"), .invalidRequestID), (event(request: "ab"), nil),
            (event(at: -1), .invalidTime), (event(at: 0), nil), (event(at: now + 300_000), nil),
            (event(at: now + 300_001), .invalidTime), (event(at: .max), .invalidTime),
        ] as [(FeedbackEvent, FeedbackFlaw?)])
    func limitsHold(event: FeedbackEvent, flaw: FeedbackFlaw?) {
        #expect(event.flaw(at: Self.now) == flaw)
    }

    @Test func everyFlawSaysWhatToDo() {
        for flaw in FeedbackFlaw.allCases { #expect(flaw.description.hasSuffix(".")) }
        for kind in FeedbackEvent.Kind.allCases {
            #expect(FeedbackFlaw.unknownType.description.contains(kind.rawValue))
        }
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-30T12:00:00Z", 1_796_040_000_000),
            ("2026-11-30T12:00:00.123Z", 1_796_040_000_123), ("2026-11-30T14:00:00+02:00", 1_796_040_000_000),
            ("2026-11-30", nil), ("yesterday", nil), ("", nil), (String(repeating: "2", count: 100), nil),
        ] as [(String, Int64?)])
    func timesAreRead(text: String, milliseconds: Int64?) {
        #expect(FeedbackEvent.time(text) == milliseconds)
    }

    @Test func timesAreWrittenToTheMillisecond() {
        for milliseconds in [0, 1, 999, 1_796_040_000_123, 1_796_040_000_999] as [Int64] {
            #expect(FeedbackEvent.time(FeedbackEvent.text(ofTime: milliseconds)) == milliseconds)
        }
        #expect(FeedbackEvent.text(ofTime: 1_796_040_000_123) == "2026-11-30T12:00:00.123Z")
    }
}
