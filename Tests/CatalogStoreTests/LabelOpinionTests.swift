import Catalog
import EngineTestSupport
import GRDB
import Testing

@testable import CatalogStore

@Suite struct LabelOpinionTests {
    private let folder: TemporaryFolder
    private let library: Library
    private let works: [WorkID]

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
        works =
            try library.edit { editor in
                for title in ["Tides", "Ebb"] {
                    _ = try editor.put(Edition(title: title, authors: ["A. B."], categories: []), source: "test")
                }
                return []
            } + ["Tides", "Ebb"].map { [library] title in try #require(library.find(title).first).id }
    }

    private func opinion(_ work: Int, _ label: BookLabel, _ reader: String, _ value: Double) -> LabelOpinion {
        LabelOpinion(work: works[work], label: label, reader: reader, value: value)
    }

    @Test func theLatestOpinionOfEachReaderIsKept() throws {
        try library.keep(
            [
                opinion(0, .mood(.dark), "a", 1), opinion(0, .mood(.dark), "b", 0), opinion(1, .fiction, "a", 1),
                opinion(0, .mood(.dark), "a", 0),
            ], day: 20_000)
        #expect(try library.labelOpinions(on: works[0], by: "a") == [opinion(0, .mood(.dark), "a", 0)])
        #expect(try library.labelOpinions().count == 3)

        try library.withdrawOpinion(on: works[0], label: .mood(.dark), by: "a")
        try library.withdrawOpinion(on: works[0], label: .mood(.sad), by: "a")
        #expect(try library.labelOpinions(on: works[0], by: "a").isEmpty)
        #expect(try library.eraseOpinions(of: "a") == 1)
        #expect(try library.labelOpinions() == [opinion(0, .mood(.dark), "b", 0)])
    }

    @Test func aFileOfLabelsTakesThePlaceOfWhatItSaidBefore() throws {
        try library.keep([opinion(0, .mood(.dark), "file:a", 1), opinion(0, .mood(.dark), "b", 1)], day: nil)
        try library.keep([opinion(1, .mood(.sad), "file:a", 0.5)], day: nil, inPlaceOfAllOf: "file:a")
        #expect(
            try Set(library.labelOpinions()) == [
                opinion(0, .mood(.dark), "b", 1), opinion(1, .mood(.sad), "file:a", 0.5),
            ])
    }

    @Test func opinionsFollowAWorkThatBecomesPartOfAnother() throws {
        try library.keep([opinion(1, .mood(.cosy), "a", 1)], day: nil)
        try library.edit { try $0.join(works[0], with: works[1]) }
        #expect(try library.labelOpinions() == [opinion(0, .mood(.cosy), "a", 1)])
        #expect(try library.labelOpinions(on: works[0], by: "a").count == 1)
        try library.withdrawOpinion(on: works[0], label: .mood(.cosy), by: "a")
        #expect(try library.labelOpinions().isEmpty)
    }

    @Test func labelsOfLaterReleasesAreLeftAlone() throws {
        try library.keep([opinion(0, .fiction, "a", 1)], day: nil)
        try library.edit {
            try $0.db.execute(sql: "INSERT INTO labelOpinions VALUES ('x', 'mood.bored', 'a', 1, NULL)")
        }
        #expect(try library.labelOpinions().map(\.label) == [.fiction])
    }
}
