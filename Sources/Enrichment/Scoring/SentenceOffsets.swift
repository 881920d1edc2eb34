public import Foundation

/// Which sentences of a bundle belong to which work.
public struct SentenceOffsets: Sendable {
    private let offsets: [UInt32]

    /// From the bundle's little-endian integers, [works + 1]; nil when they cannot be of that many sentences. O(works).
    public init?(_ data: Data, works: Int, sentences: Int) {
        guard data.count == 4 * (works + 1) else { return nil }
        let offsets = data.withUnsafeBytes { bytes in
            (0...works).map { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)) }
        }
        guard offsets[0] == 0, offsets[works] == sentences, zip(offsets, offsets.dropFirst()).allSatisfy(<=) else {
            return nil
        }
        self.offsets = offsets
    }

    /// The rows of a work's sentences. O(1).
    public subscript(work: Int) -> Range<Int> { Int(offsets[work])..<Int(offsets[work + 1]) }

    /// As `LabelInputs` takes them.
    public var all: [Int] { offsets.map(Int.init) }
}
