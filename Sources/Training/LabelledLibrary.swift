public import Artifacts
public import Catalog
public import CatalogStore
public import Enrichment
import Foundation
import VectorIndex

/// A library's works with the vectors of its bundle: what label models are fitted and judged on.
public struct LabelledLibrary {
    public let works: [Work]
    public let inputs: LabelInputs
    private let rowsByISBN: [ISBN13: Int]

    /// - Throws: `LibraryError`, `ArtifactError`; the latter too when the bundle is not of the library as it is now.
    public init(_ library: Library, bundles: Bundles) throws {
        let catalogue = try Catalogue(library)
        let remedy = "Train one with `bookrec train`."
        guard let id = bundles.currentID() else {
            throw ArtifactError.missing(what: "trained bundle", path: bundles.folder.path, remedy: remedy)
        }
        let manifest = try bundles.verify(id)
        func url(_ file: BundleFile) -> URL {
            bundles.folder.appending(path: id).appending(path: file.rawValue)
        }
        let sentences = try QuantizedVectors(path: url(.sentenceVectors).path)
        let offsets = try SentenceOffsets(
            Data(contentsOf: url(.sentenceOffsets)), works: manifest.works, sentences: sentences.count)
        guard manifest.inputs.library == catalogue.digest, let offsets else {
            throw ArtifactError.damaged(
                what: "bundle", path: bundles.folder.appending(path: id).path,
                reason: "the library has changed since it was trained", remedy: remedy)
        }
        works = catalogue.works
        inputs = try LabelInputs(
            descriptions: QuantizedVectors(path: url(.descriptionVectors).path),
            names: QuantizedVectors(path: url(.nameVectors).path), sentences: sentences, sentenceOffsets: offsets.all,
            catalogue: catalogue.filings, shelves: catalogue.shelfFilings,
            cues: catalogue.cues(), readers: catalogue.readers)
        var rows: [ISBN13: Int] = [:]
        for (row, work) in works.enumerated() { for isbn in work.isbn13s { rows[isbn] = row } }
        rowsByISBN = rows
    }

    /// What the rows of a file of labels say of works that are here.
    public func opinions(_ rows: [LabelRow], weight: Float) -> [LabelExamples.Opinion] {
        rows.compactMap { row in
            rowsByISBN[row.isbn].map { .init(row: $0, label: row.label, value: row.value, weight: weight) }
        }
    }

    /// Works that no shipped model has seen: a fifth of all, chosen by their ids.
    public var heldOut: Set<Int> { Set(works.indices.filter { works[$0].id.isHeldOut }) }

    /// What catalogue and readers say of the genres of these works.
    public func filed(_ rows: some Sequence<Int>) -> LabelExamples {
        var examples = LabelExamples()
        for row in rows { examples.add(row: row, catalogue: inputs.catalogue[row], shelves: inputs.shelves[row]) }
        return examples
    }
}

extension WorkID {
    /// The same on every machine: FNV-1a (Fowler, Noll and Vo), modulo 5.
    fileprivate var isHeldOut: Bool {
        rawValue.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } % 5 == 0
    }
}
