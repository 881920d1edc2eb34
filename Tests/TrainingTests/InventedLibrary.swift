import Artifacts
import Catalog
import CatalogStore
import EngineTestSupport
import Foundation
import TextEmbedding
import Training

/// The text model that tests use; verified and loaded once.
enum OpenedModel {
    static let result = Result { () throws -> (encoder: TextEncoder, manifest: TextModelManifest) in
        try TextModels(folder: TestModel.directory().deletingLastPathComponent()).open()
    }
}

/// A library and a folder of bundles in a temporary folder, removed with the value.
final class InventedLibrary: Sendable {
    private let folder: TemporaryFolder
    let library: Library
    let bundles: Bundles
    let encoder: TextEncoder
    let textModel: TextModelManifest

    init(_ editions: [Edition] = InventedLibrary.editions) throws {
        (encoder, textModel) = try OpenedModel.result.get()
        folder = try TemporaryFolder()
        library = try Library(path: folder.path("library.sqlite"), access: .create)
        bundles = Bundles(folder: folder.url.appending(path: "bundles"))
        try put(editions)
    }

    func put(_ editions: [Edition]) throws {
        try library.edit { editor in
            for edition in editions { _ = try editor.put(edition, source: "test") }
        }
    }

    /// Readers 0, 1 and so on, who give these books five stars.
    func like(_ books: [[Edition]], source: String = "readers", areSimulated: Bool = false) throws {
        let staging = try Staging(for: library, name: "test")
        let marks = books.enumerated().flatMap { reader, books in
            books.map { book in
                ReaderMark(
                    reader: "\(reader)",
                    item: RatedItem(
                        key: EditionKey(rawValue: "text:\(book.title)"), title: book.title, authors: book.authors),
                    stars: 5)
            }
        }
        let rows = zip(2..., marks).map { line, mark in
            StagedRow(line: line, source: source, content: .mark(mark), text: "", isSimulated: areSimulated)
        }
        try staging.add(rows, isLast: true)
        _ = try library.take(
            staging,
            from: RunOrigin(
                kind: "ratings", source: source, file: "likes.csv", sha256: "ab", bytes: 1, startedAt: Date(),
                codeVersion: "test", format: "{}"), report: { _, _ in "{}" })
        try staging.discard()
    }

    @discardableResult
    func train(_ mode: Trainer.Mode = .incremental) throws -> TrainingOutcome {
        try Trainer(
            library: library, bundles: bundles, encoder: encoder, textModel: textModel, codeVersion: "test"
        ).train(mode: mode)
    }

    static let editions = [
        book(
            "The Salt Road", "Ida Mern", 4.1, 900, "A caravan crosses a desert of salt to bring water to a dying city."),
        book(
            "Winter Orchard", "Tom Vale", 3.9, 400, "A widower restores an apple orchard and learns to live with grief."
        ),
        book(
            "The Clockmaker's Alibi", "R. Quill", 4.0, 700,
            "A detective hunts a murderer among the clockmakers of Geneva."),
        book(
            "Orbit of Glass", "Nadia Fenn", 4.2, 5_000, "The crew of a failing space station must choose who returns."),
        book("Bread for Beginners", "Olga Prins", 4.4, 250, "Simple recipes for baking sourdough bread at home."),
        book("Kings of the Low Country", "H. van Dam", 3.7, 90, "A history of the counts who ruled the Dutch marshes."),
        book("The Quiet Harbour", "Ida Mern", 3.8, 300, nil),
        book("Naïve Café", "Zoë Ångström", 4.0, 120, "Two strangers fall in love over bad coffee in Malmö."),
    ]

    static func book(
        _ title: String, _ author: String, _ rating: Double?, _ count: Int, _ description: String?,
        isbn: String? = nil, year: Int? = nil
    ) -> Edition {
        Edition(
            isbn13: isbn.flatMap { ISBN13($0) }, title: title, authors: [author], categories: ["Fiction"], year: year,
            averageRating: rating, ratingsCount: count, description: description)
    }
}
