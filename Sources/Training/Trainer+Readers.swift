import Artifacts
import CollaborativeFiltering
import Foundation

extension Trainer {
    /// Writes what those like besides who like a work. O(sum over readers of their likes squared).
    func writeReaderNeighbors(of catalogue: Catalogue, into draft: BundleDraft) throws {
        let likes = catalogue.likes
        var offsets: [UInt32] = [0]
        var neighbors: [UInt32] = []
        ItemNeighbors().find(in: likes) { _, found in
            for neighbor in found {
                neighbors += [UInt32(neighbor.item), UInt32(neighbor.together), neighbor.similarity.bitPattern]
            }
            offsets.append(offsets[offsets.count - 1] + UInt32(found.count))
        }
        let counts = (0..<likes.itemCount).map { UInt32(likes.users(ofItem: $0).count) }
        try draft.write(
            Data(littleEndian: offsets + counts + [UInt32(catalogue.simulatedReaders)] + neighbors),
            to: .readerNeighbors)
    }
}
