import Artifacts
import CollaborativeFiltering
import Foundation

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
}
