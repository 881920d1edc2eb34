import Catalog
import EngineTestSupport
import Testing

@testable import CatalogStore

@Suite("Transactions")
struct LibraryTransactionTests {
    private let folder: TemporaryFolder
    private let library: Library

    init() throws {
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
    }

    @Test func aRehearsalLeavesNothing() throws {
        let outcome = try library.edit(keeping: false) { editor in
            try editor.put(Edition(title: "Tides"), source: "s")
        }
        #expect(outcome == .accepted)
        #expect(try library.counts() == .init(works: 0, editions: 0, quarantined: 0))
    }

    @Test func anErrorTakesEverythingBack() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try library.edit { editor in
                _ = try editor.put(Edition(title: "Tides"), source: "s")
                throw Stop()
            }
        }
        #expect(try library.counts() == .init(works: 0, editions: 0, quarantined: 0))
        // And the library can be written again.
        #expect(try library.edit { try $0.put(Edition(title: "Tides"), source: "s") } == .accepted)
    }

    @Test func readersSeeTheStateBeforeUntilItIsDone() throws {
        try library.edit { editor in
            _ = try editor.put(Edition(title: "Tides"), source: "s")
            let other = try Library(path: folder.path("library.sqlite"))
            #expect(try other.counts().works == 0)
        }
        #expect(try library.counts().works == 1)
    }
}
