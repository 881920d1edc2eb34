import Artifacts
import Catalog
import CatalogStore
import CollaborativeFiltering
import Foundation
import Recommender

extension Trainer {
    /// Writes what those like besides who like a work. O(sum over readers of their likes squared).
    func writeReaderNeighbors(of catalogue: Catalogue, into draft: BundleDraft) throws {
        var offsets: [UInt32] = [0]
        var readers: [UInt32] = []
        var simulated: [UInt32] = []
        var neighbors: [UInt32] = []
        ItemNeighbors().find(in: catalogue.likes) { _, users, found in
            readers.append(UInt32(users.count))
            simulated.append(UInt32(users.count { catalogue.readersAreSimulated[Int($0)] }))
            for neighbor in found {
                neighbors += [UInt32(neighbor.item), UInt32(neighbor.together), neighbor.similarity.bitPattern]
            }
            offsets.append(offsets[offsets.count - 1] + UInt32(found.count))
        }
        try draft.write(Data(littleEndian: offsets + readers + simulated + neighbors), to: .readerNeighbors)
    }

    /// Writes what is learned from readers, and how much it counts.
    /// - Returns: how it was learned, in words; nil where there are no readers.
    func writeReaderModels(of catalogue: Catalogue, into draft: BundleDraft) throws -> String? {
        func path(_ file: BundleFile) -> String { draft.folder.appending(path: file.rawValue).path }
        let models = try ReaderModels(catalogue.signals, likes: catalogue.likes, memory: memory)
        try models.write(readers: path(.readerModel), company: path(.company))
        try write(.standard, into: draft)
        return models.algorithm.map { "\($0)" }
    }

    /// With fewer readers who can judge, weights that were fitted elsewhere are the better ones.
    private static let fewestJudges = 100

    /// Fits how much each feature counts to readers whom models have not seen, and writes it in place of the standard, where there
    /// are enough of them. Needs everything else of the bundle.
    func fitBlend(to catalogue: Catalogue, in draft: BundleDraft, _ inputs: BundleManifest.Inputs) throws {
        let rows = Dictionary(uniqueKeysWithValues: zip(catalogue.works.map(\.id), 0...))
        let readers = JudgingReaders(
            try JudgingReaders.readers(of: library, rows: rows), works: catalogue.works.count, seed: 1,
            shares: (train: 0.85, validation: 0.15))
        guard readers.validation.count >= Self.fewestJudges else { return }
        let trial = try Recommender(
            bundleAt: draft.folder, manifest: manifest(of: catalogue.works, inputs), encoder: encoder)
        let fitted = try BlendFitting().sources(
            trial.tasteSources, learningFrom: readers, judging: readers.validation, memory: memory)
        try write(fitted.learnedBlend, into: draft)
    }

    private func write(_ blend: TasteBlend, into draft: BundleDraft) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try draft.write(encoder.encode(blend), to: .tasteBlend)
    }
}
