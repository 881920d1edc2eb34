/// The unpacked bytes of a part, from the first to the last, once.
protocol PieceSource: AnyObject {
    /// Packed bytes taken so far.
    var bytesRead: Int { get }

    /// The next bytes, never empty; nil at the end, for as often as it is asked.
    func next() throws(IngestionError) -> [UInt8]?
}

/// How many unpacked bytes a source hands over at a time, save at its end.
let pieceSize = 256 << 10

/// Bytes that are in memory already.
final class MemoryPieces: PieceSource {
    private var rest: ArraySlice<[UInt8]>
    private(set) var bytesRead = 0

    init(_ pieces: [[UInt8]]) {
        rest = pieces.filter { !$0.isEmpty }[...]
    }

    func next() -> [UInt8]? {
        guard let piece = rest.popFirst() else { return nil }
        bytesRead += piece.count
        return piece
    }
}
