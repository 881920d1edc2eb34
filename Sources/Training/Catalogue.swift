import Artifacts
import Catalog
import CatalogStore
import Crypto
import Foundation
import Recommender

/// All works of a library at one moment, in the order of their rows, and a digest that changes when any fact does.
struct Catalogue {
    let works: [Work]
    /// SHA-256, lower-case hexadecimal.
    let digest: String

    init(_ library: Library) throws {
        var works: [Work] = []
        var hash = SHA256()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try library.forEachWork { work in
            works.append(work)
            hash.update(data: try encoder.encode(Book(work)))
        }
        self.works = works
        digest = hash.finalize().hexadecimal
    }
}
