import Catalog
import Testing

@testable import CatalogStore

@Suite("Joins and splits by hand")
struct CorrectionTests {
    private let files: StagedFiles
    private let tides = Edition(isbn13: isbns[0], title: "Tides", authors: ["Iris Vale"])
    private let gezeiten = Edition(isbn13: isbns[1], title: "Gezeiten", authors: ["Iris Vale"])

    init() throws { files = try StagedFiles() }

    private func id(_ isbn: ISBN13) throws -> WorkID {
        try #require(try files.library.find(isbn.digits).first?.id)
    }

    @Test func aJoinHoldsForWhatComesLater() throws {
        try files.take([.edition(tides), .edition(gezeiten)])
        let (kept, other) = (try id(isbns[0]), try id(isbns[1]))
        try files.library.edit { try $0.join(kept, with: other) }
        #expect(try files.library.counts().works == 1)
        // Its old id still finds it.
        #expect(try files.library.find(other.rawValue).first?.id == kept)
        // The same file, a new edition under the other title, and a corrected row: all stay together.
        #expect(try files.take([.edition(tides), .edition(gezeiten)]).writes == 0)
        let third = Edition(isbn13: isbns[2], title: "Gezeiten", authors: ["Iris Vale"])
        #expect(try files.take([.edition(third)], source: "else", file: "b.csv").counts.merged == 1)
        var corrected = gezeiten
        corrected.title = "Die Gezeiten des Meeres"
        #expect(try files.take([.edition(tides), .edition(corrected)]).counts.updated == 1)
        #expect(try files.library.counts() == .init(works: 1, editions: 3, quarantined: 0))
    }

    @Test func aSplitHoldsForWhatComesLater() throws {
        let second = Edition(isbn13: isbns[1], title: "Tides", authors: ["Iris Vale"])
        let third = Edition(isbn13: isbns[2], title: "Tides", authors: ["Iris Vale"])
        try files.take([.edition(tides), .edition(second)])
        let old = try id(isbns[0])
        let new = try files.library.edit { try $0.split(old, editions: [isbns[1]]) }
        #expect(new != old)
        #expect(try id(isbns[1]) == new)
        #expect(try files.take([.edition(tides), .edition(second)]).writes == 0)
        // A new edition with the same title goes where the title led before.
        try files.take([.edition(third)], file: "b.csv")
        #expect(try id(isbns[2]) == old)
        // The split edition from another source follows its ISBN.
        try files.take([.edition(second)], source: "else", file: "c.csv")
        #expect(try id(isbns[1]) == new)
        #expect(try files.library.find(isbns[1].digits).count == 1)
        // And they can be joined again.
        try files.library.edit { try $0.join(old, with: new) }
        #expect(try files.library.counts().works == 1)
    }

    @Test func whatCannotBeIsSaid() throws {
        try files.take([.edition(tides), .edition(gezeiten)])
        let id = try id(isbns[0])
        let nobody = WorkID(rawValue: "nobody")
        let library = files.library
        #expect(throws: CorrectionError.noSuchWork(nobody)) { try library.edit { try $0.join(id, with: nobody) } }
        #expect(throws: CorrectionError.same(id)) { try library.edit { try $0.join(id, with: id) } }
        #expect(throws: CorrectionError.noSuchEdition(isbns[1], id)) {
            try library.edit { try $0.split(id, editions: [isbns[1]]) }
        }
        #expect(throws: CorrectionError.nothingLeft(id)) { try library.edit { try $0.split(id, editions: [isbns[0]]) } }
        #expect(try library.counts().works == 2)
    }
}
