import Artifacts
import Foundation
import MemoryMapping

/// What those like besides who like a work.
struct ReaderNeighbors: Sendable {
    struct Neighbor: Sendable, Hashable {
        let row: Int
        /// How many readers like both.
        let together: Int
        /// 0...1
        let similarity: Float
    }

    private let file: MappedFile
    private let works: Int

    /// - Throws: `ArtifactError` when the file is not of that many works.
    init(bundleAt folder: URL, works: Int) throws {
        file = try MappedFile(path: folder.appending(path: BundleFile.readerNeighbors.rawValue).path)
        self.works = works
        let isSound = file.count.isMultiple(of: 4) && file.count >= 4 * (3 * works + 1)
        guard isSound, file.withUnsafeBytes({ Self.isSound($0.bindMemory(to: UInt32.self), works: works) }) else {
            throw ArtifactError.damaged(
                what: "list of neighbours", path: file.path, reason: "it is not of \(works) works",
                remedy: "Train a new one with `bookrec train --force`.")
        }
    }

    private static func isSound(_ numbers: UnsafeBufferPointer<UInt32>, works: Int) -> Bool {
        let offsets = numbers[...works]
        let neighbors = numbers[(3 * works + 1)...]
        return offsets[0] == 0 && 3 * Int(offsets[works]) == neighbors.count
            && zip(offsets, offsets.dropFirst()).allSatisfy(<=)
            && stride(from: neighbors.startIndex, to: neighbors.endIndex, by: 3).allSatisfy { numbers[$0] < works }
    }

    /// How many readers like a work, and how many of them are simulated. O(1).
    func readers(_ row: Int) -> (all: Int, simulated: Int) {
        file.withUnsafeBytes { bytes in
            let numbers = bytes.bindMemory(to: UInt32.self)
            return (Int(numbers[works + 1 + row]), Int(numbers[2 * works + 1 + row]))
        }
    }

    /// The most similar first. O(neighbors).
    subscript(row: Int) -> [Neighbor] {
        file.withUnsafeBytes { bytes in
            let numbers = bytes.bindMemory(to: UInt32.self)
            return (numbers[row]..<numbers[row + 1]).map { place in
                let at = 3 * works + 1 + 3 * Int(place)
                return Neighbor(
                    row: Int(numbers[at]), together: Int(numbers[at + 1]),
                    similarity: Float(bitPattern: numbers[at + 2]))
            }
        }
    }
}
