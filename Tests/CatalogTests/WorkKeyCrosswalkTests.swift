import Catalog
import Foundation
import Testing

/// The data that development shares and the repository does not carry.
private enum SharedData {
    /// The folder of environment variable BOOKREC_SHARED_DATA, else shared/data beside the repository.
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["BOOKREC_SHARED_DATA"], !path.isEmpty {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        return neighbour.appending(path: "data")
    }()

    /// Where it is, or must be: CI that has the shared folder fails when it cannot read the files.
    static var isExpected: Bool {
        let exists = FileManager.default.fileExists(atPath:)
        return exists(folder.path) || ProcessInfo.processInfo.environment["CI"] == "true" && exists(neighbour.path)
    }

    private static let neighbour: URL = {
        // From <repository>/Tests/CatalogTests/<this file>.
        var repository = URL(filePath: #filePath)
        for _ in 0..<3 { repository.deleteLastPathComponent() }
        return repository.deletingLastPathComponent().appending(path: "shared")
    }()

    /// The keys of goodbooks-10k by its book_id and of the catalogue by ISBN.
    static func keys() throws -> (goodbooks: [String: WorkKey], catalogue: [String: WorkKey]) {
        var goodbooks: [String: WorkKey] = [:]
        for row in try PairsFile.rows(of: folder.appending(path: "goodbooks/books.csv")) {
            let authors = (row["authors"] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let id = row["book_id"] else { continue }
            goodbooks[id] = WorkKey(title: row["title"] ?? "", subtitle: nil, authors: authors)
        }
        var catalogue: [String: WorkKey] = [:]
        for row in try PairsFile.rows(of: folder.appending(path: "catalogue/books.csv")) {
            let authors = (row["authors"] ?? "").split(separator: ";").map(String.init)
            guard let isbn = row["isbn13"] else { continue }
            catalogue[isbn] = WorkKey(title: row["title"] ?? "", subtitle: row["subtitle"], authors: authors)
        }
        return (goodbooks, catalogue)
    }
}

/// Which pairs of the crosswalk are none was judged by hand, row by row: `Pairs/crosswalk_not_pairs.csv` gives the
/// reasons. A pair is joined here by titles and authors alone, as if neither catalogue had ISBNs.
@Suite(
    "Work key on the shared crosswalk",
    .enabled(
        if: SharedData.isExpected,
        "left out: work keys on the shared crosswalk of 1,611 pairs, since there is no shared/data folder"))
struct WorkKeyCrosswalkTests {
    @Test func precisionAndRecall() throws {
        let keys = try SharedData.keys()
        let notPairs = Set(try PairsFile.rows(of: PairsFile.own("crosswalk_not_pairs.csv")).map(name))
        let rows = try PairsFile.rows(of: SharedData.folder.appending(path: "crosswalk.csv"))
            .filter { $0["source"] == "goodbooks10k" }
        #expect(rows.count == 1_611)
        #expect(notPairs.count == 61)
        #expect(notPairs.isSubset(of: rows.map(name)))
        let count = JoinCount(
            rows.map { row in
                WorkPair(
                    first: row["source_item_id"].flatMap { keys.goodbooks[$0] },
                    second: row["isbn13"].flatMap { keys.catalogue[$0] },
                    verdict: notPairs.contains(name(row)) ? .no : .yes, text: name(row))
            })
        #expect(count.precision >= 0.99, "\(count.wrong)")
        #expect(count.recall >= 0.95, "\(count.missed)")
    }

    private func name(_ row: [String: String]) -> String {
        "\(row["source_item_id"] ?? "") \(row["isbn13"] ?? "")"
    }

    /// Every join within and between the two catalogues, as pairs. All were looked at: in 25 of 2,134 the books are not
    /// one work, 19 of them beyond what titles and authors tell. A rule that joins more shows here.
    @Test func itJoinsWhatWasLookedAt() throws {
        let keys = try SharedData.keys()
        var sizes: [WorkKey: Int] = [:]
        for key in keys.goodbooks.values { sizes[key, default: 0] += 1 }
        for key in keys.catalogue.values { sizes[key, default: 0] += 1 }
        #expect(sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 } == 2_134)
        #expect(keys.goodbooks.count + keys.catalogue.count == 16_676)
    }
}
