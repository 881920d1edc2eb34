import Catalog
import EngineTestSupport
import Foundation
import GRDB
import Testing

@testable import CatalogStore

@Suite("What readers of the service say")
struct FeedbackTests {
    private static let now: Int64 = 1_800_000_000_000
    private let folder: TemporaryFolder
    private let library: Library
    private let tides: WorkID
    private let ebb: WorkID

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
        try library.edit { editor in
            for title in ["Tides", "Ebb"] {
                _ = try editor.put(Edition(title: title, authors: ["A. B."], categories: []), source: "test")
            }
        }
        tides = try #require(library.find("Tides").first).id
        ebb = try #require(library.find("Ebb").first).id
    }

    private func event(
        _ id: String, _ kind: FeedbackEvent.Kind, of work: WorkID? = nil, _ value: Double? = nil, at: Int64 = now
    ) -> FeedbackEvent {
        FeedbackEvent(id: id, work: work ?? tides, kind: kind, value: value, at: at)
    }

    @discardableResult
    private func append(_ events: [FeedbackEvent], by reader: String = "a") throws -> [FeedbackOutcome] {
        try library.append(events, by: reader, now: Self.now)
    }

    @Test func whatIsSaidIsThereAtOnce() throws {
        #expect(try append([event("1", .rating, 4.5), event("2", .toRead, of: ebb)]) == [.accepted, .accepted])
        let taste = try library.taste(of: "a")
        #expect(taste.ratings == [tides: 4.5] && taste.wantToRead == [ebb])
        #expect(try library.taste(of: "b").isEmpty)
    }

    @Test func theSameEventCountsOnce() throws {
        #expect(try append([event("1", .like), event("1", .like)]) == [.accepted, .known])
        // Sent again later, and by another reader.
        #expect(try append([event("1", .like, at: Self.now - 5)]) == [.known])
        #expect(try append([event("1", .like)], by: "b") == [.accepted])
        #expect(
            try append([event("1", .dislike), event("1", .like, of: ebb)]) == [
                .rejected(.idTaken), .rejected(.idTaken),
            ])
        #expect(try library.feedback(of: "a", limit: 10).events == [event("1", .like)])
    }

    @Test func whatIsNotAsItMustBeIsLeftOutAlone() throws {
        let outcomes = try append([
            event("1", .rating, 9), event("2", .rating, 3), event("3 ", .like),
            event("4", .like, at: Self.now + 1_000_000),
        ])
        #expect(
            outcomes == [.rejected(.valueOutOfRange), .accepted, .rejected(.invalidID), .rejected(.invalidTime)])
        #expect(try library.feedback(of: "a", limit: 10).events.map(\.id) == ["2"])
    }

    @Test func nothingHappensInTheFuture() throws {
        try append([event("1", .like, at: Self.now + 1_000)])
        #expect(try library.feedback(of: "a", limit: 1).events.first?.at == Self.now)
    }

    @Test func whatIsTakenBackLeavesWhatWasBefore() throws {
        try append([event("1", .rating, 4, at: 1), event("2", .notInterested, at: 2)])
        #expect(try library.taste(of: "a").dismissed == [tides])
        #expect(try library.undo("2", by: "b", now: 10) == nil)
        #expect(try library.undo("2", by: "a", now: 10)?.undoneAt == 10)
        #expect(try library.taste(of: "a").ratings == [tides: 4])
        #expect(try library.taste(of: "a").dismissed.isEmpty)
        // Done again, it changes nothing; sent again, the event stays taken back.
        #expect(try library.undo("2", by: "a", now: 20)?.undoneAt == 10)
        #expect(try append([event("2", .notInterested, at: 2)]) == [.known])
        #expect(try library.taste(of: "a").dismissed.isEmpty)
        #expect(try library.undo("nothing", by: "a", now: 10) == nil)
    }

    @Test func theLastWordOnAWorkIsTakenBack() throws {
        try append([
            event("1", .like, at: 1), event("2", .dislike, at: 2), event("3", .click, at: 3),
            event("4", .like, of: ebb, at: 4),
        ])
        #expect(try library.undoLast(on: tides, by: "a", now: 9)?.id == "2")
        #expect(try library.taste(of: "a").liked == [tides, ebb])
        #expect(try library.undoLast(on: tides, by: "a", now: 9)?.id == "1")
        #expect(try library.undoLast(on: tides, by: "a", now: 9) == nil)
        #expect(try library.taste(of: "a").liked == [ebb])
    }

    /// The store reads a log as the pure value does, whatever came in whatever order.
    @Test(arguments: 0..<10)
    func theStoreReadsAsTheValueDoes(round: Int) throws {
        var events = (0..<40).map { number -> FeedbackEvent in
            let kind = FeedbackEvent.Kind.allCases.randomElement() ?? .like
            return event(
                "\(number)", kind, of: Bool.random() ? tides : ebb, kind == .rating ? Double.random(in: 0.5...5) : nil,
                at: Int64.random(in: 0...10))
        }
        try append(events)
        for number in events.indices where Bool.random() {
            try #require(library.undo("\(number)", by: "a", now: 50) != nil)
            events[number].undoneAt = 50
        }
        let expected = ReaderTaste(events)
        #expect(try library.taste(of: "a") == expected)
        #expect(try library.tastes().map(\.taste) == (expected.isEmpty ? [] : [expected]))
        let listed = try library.feedback(of: "a", limit: 100).events
        let newestFirst = events.enumerated().sorted { ($1.element.at, $1.offset) < ($0.element.at, $0.offset) }
        #expect(listed == newestFirst.map(\.element))
    }

    @Test func theHistoryIsToldInStretches() throws {
        try append((0..<25).map { event("e\($0)", .click, at: Int64($0 / 2)) })
        try append([event("x", .like)], by: "b")
        var (seen, cursor) = ([String](), FeedbackPage.Cursor?.none)
        var stretches = 0
        repeat {
            let page = try library.feedback(of: "a", from: cursor, limit: 7)
            seen += page.events.map(\.id)
            cursor = page.next
            stretches += 1
            // What comes in meanwhile moves nothing.
            try append([event("new\(stretches)", .click)])
        } while cursor != nil && stretches < 10
        #expect(seen == (0..<25).reversed().map { "e\($0)" })
        #expect(stretches == 4)
        #expect(try library.feedback(of: "nobody", limit: 7) == FeedbackPage(events: [], next: nil))
        // As many as fit leave no empty stretch behind.
        #expect(try library.feedback(of: "b", limit: 1).next == nil)
    }

    @Test func eventsFollowAWorkThatBecomesPartOfAnother() throws {
        try append([event("1", .rating, of: ebb, 2, at: 1), event("2", .like, of: tides, at: 2)])
        try append([event("1", .toRead, of: ebb)], by: "b")
        try library.edit { try $0.join(tides, with: ebb) }
        #expect(try library.taste(of: "a").standings.keys.map(\.self) == [tides])
        #expect(try library.taste(of: "a").liked == [tides])
        #expect(try library.taste(of: "b").wantToRead == [tides])
        #expect(try library.feedback(of: "b", limit: 1).events.first?.work == tides)
        // Known by either name.
        #expect(try append([event("1", .rating, of: ebb, 2), event("1", .rating, of: tides, 2)]) == [.known, .known])
        #expect(try library.undoLast(on: tides, by: "b", now: 9)?.id == "1")
        #expect(try library.record(of: "a").events.map(\.work) == [tides, tides])
    }

    @Test func onlyTheNewestOfWhatIsNoticedIsKept() throws {
        try append([event("rating", .rating, 5, at: 0)])
        for start in stride(from: 0, to: Library.mostNoticed + 50, by: 50) {
            try append(
                (start..<start + 50).map { event("c\($0)", $0 % 2 == 0 ? .click : .impression, at: Int64($0 + 1)) })
        }
        try append([event("x", .click, at: 1)], by: "b")
        let record = try library.record(of: "a")
        #expect(record.events.count == Library.mostNoticed + 1)
        #expect(record.events.prefix(2).map(\.id) == ["rating", "c50"])
        #expect(try library.record(of: "b").events.count == 1)
    }

    @Test func aReaderCannotFillTheLibrary() throws {
        // What is taken back stays in the log, and counts.
        let full = (0..<Library.mostSaid - 1).map { event("s\($0)", .like) }
        #expect(try Set(append(full)) == [.accepted])
        _ = try library.undo("s0", by: "a", now: 1)
        #expect(
            try append([event("last", .like), event("more", .like), event("c", .click), event("s1", .like)])
                == [.accepted, .rejected(.historyFull), .accepted, .known])
        #expect(try append([event("1", .like)], by: "b") == [.accepted])
    }

    @Test func allReadersAreToldToTraining() throws {
        try append([event("1", .like)], by: "b")
        try append([event("1", .rating, of: ebb, 1), event("2", .click)], by: "a")
        try append([event("1", .click)], by: "noticed")
        let tastes = try library.tastes()
        #expect(tastes.map(\.reader) == ["a", "b"])
        #expect(tastes[0].taste == (try library.taste(of: "a")))
        #expect(tastes[1].taste.liked == [tides])
        #expect(try library.readersWithFeedback().map(\.events) == [2, 1, 1])
    }

    @Test func aReaderTakesEverythingAlong() throws {
        try append([event("1", .rating, 4.5, at: 86_400_000), event("2", .like, at: 3)])
        _ = try library.undo("2", by: "a", now: 7)
        try library.keep([LabelOpinion(work: ebb, label: .mood(.dark), reader: "a", value: 1)], day: 20_000)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(library.record(of: "a")), as: UTF8.self)
        #expect(
            json == """
                {"events":[\
                {"at":"1970-01-01T00:00:00.003Z","book":"\(tides)","id":"2","type":"like",\
                "undoneAt":"1970-01-01T00:00:00.007Z"},\
                {"at":"1970-01-02T00:00:00.000Z","book":"\(tides)","id":"1","type":"rating","value":4.5}],\
                "labelOpinions":[{"book":"\(ebb)","day":"2024-10-04","label":"mood.dark","value":1}],"reader":"a"}
                """)
    }

    @Test func anErasedReaderLeavesNoTrace() throws {
        let name = "reader-to-be-erased"
        try append([event("1", .rating, 4), event("2", .click)], by: name)
        try append([event("1", .like)], by: "b")
        try library.keep([LabelOpinion(work: ebb, label: .mood(.dark), reader: name, value: 1)], day: nil)
        #expect(try library.erase(reader: name) == ReaderErasure(events: 2, labelOpinions: 1))
        #expect(try library.record(of: name).isEmpty)
        #expect(try library.taste(of: "b").liked == [tides])
        #expect(try library.erase(reader: name) == ReaderErasure(events: 0, labelOpinions: 0))
        for file in try folder.names() {
            let bytes = try Data(contentsOf: URL(filePath: folder.path(file)))
            #expect(bytes.range(of: Data(name.utf8)) == nil, "\(file)")
        }
    }

    @Test func kindsOfLaterReleasesAreLeftAlone() throws {
        try append([event("1", .like)])
        try library.edit {
            try $0.db.execute(
                sql: "INSERT INTO feedback (reader, id, workId, kind, at) VALUES ('a', 'new', 'w', 'borrowed', 5)")
        }
        #expect(try library.taste(of: "a").liked == [tides])
        #expect(try library.feedback(of: "a", limit: 10).events.map(\.id) == ["1"])
        #expect(try library.check().problems.isEmpty)
        #expect(try library.check().rows["feedback"] == 2)
    }

    @Test func eventsThatAreNotAsTheyMustBeAreFound() throws {
        try library.edit {
            try $0.db.execute(
                sql: "INSERT INTO feedback (reader, id, workId, kind, value, at) VALUES ('a', '1', 'w', 'rating', 7, 5)"
            )
        }
        #expect(try library.check().problems.count == 1)
    }

    /// A library of the release before takes feedback, and that release goes on using it.
    @Test func aLibraryOfTheReleaseBeforeIsBroughtUpToDate() throws {
        let path = folder.path("older.sqlite")
        let before = LibrarySchema(migrations: Array(LibrarySchema.released.migrations.prefix(3)))
        let older = try Library(path: path, access: .create, schema: before)
        try older.edit { _ = try $0.put(Edition(title: "Tides"), source: "s") }
        let work = try #require(older.find("Tides").first).id
        try older.keep([LabelOpinion(work: work, label: .fiction, reader: "a", value: 1)], day: nil)
        let newer = try Library(path: path)
        #expect(try newer.append([event("1", .like, of: work)], by: "a", now: Self.now) == [.accepted])
        #expect(try newer.record(of: "a").labelOpinions.count == 1)
        #expect(try newer.neededSchema() == 2)
        #expect(try older.labelOpinions().count == 1)
        #expect(try Library(path: path, access: .existing, schema: before).counts().works == 1)
        #expect(try newer.taste(of: "a").liked == [work])
    }

    /// Asked with every recommendation: whatever is only noticed must cost nothing.
    @Test(arguments: ["reader = 'a'", "TRUE"])
    func tastesAreReadFromOneIndexInItsOrder(condition: String) throws {
        let plan = try library.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + Library.tastes(where: condition)).map {
                $0["detail"] as String
            }
        }
        #expect(plan.count == 2 && plan[0].contains("f USING COVERING INDEX feedbackTastes"), "\(plan)")
        #expect(plan[1].contains("a USING PRIMARY KEY"))
    }
}
