import Catalog
import CatalogStore

extension OpenLibrary {
    /// Puts names in place of authors' keys. Keys whose names never came are left out.
    ///
    /// The dump names people before books, so that they are in the library or in the staging file by then, but for those
    /// of the same batch.
    static func resolve(_ rows: [StagedRow], by staging: Staging) throws -> [StagedRow] {
        var names: [String: String] = [:]
        func name(_ reference: String) throws -> String? {
            if let name = names[reference] { return name }
            let name = try staging.name(ofAuthor: reference)
            if let name { names[reference] = name }
            return name
        }
        var resolved = rows
        for (place, row) in rows.enumerated() {
            switch row.content {
            case .author(let id, let name): names[id] = name
            case .edition(var edition, let told, let isHidden, let alias):
                guard edition.authors.contains(where: isAuthorReference) else { continue }
                edition.authors = try edition.authors.compactMap { try isAuthorReference($0) ? name($0) : $0 }
                resolved[place].content = .edition(edition, place: told, isHidden: isHidden, alias: alias)
            default: continue
            }
        }
        return resolved
    }
}
