/// How far a packed file may grow when it is unpacked.
///
/// Unpacking is streamed, so this guards time and whatever is made of the rows, not memory.
public struct ExpansionLimits: Sendable, Equatable {
    /// The most bytes that may come out of one file, all its entries together.
    public var unpackedBytes: Int
    /// Unpacked bytes per packed byte from which on a file is taken for a bomb. Deflate reaches 1,032 with zeros; real
    /// CSV reaches 3 to 30.
    public var ratio: Int
    /// The ratio is not looked at before this many bytes came out.
    public var ratioFloor: Int
    /// The most entries an archive may have, folders among them.
    public var entries: Int

    /// 64 GiB, a thousandfold once more than 64 MiB came out, 1,000 entries.
    public static let standard = Self(unpackedBytes: 64 << 30, ratio: 1_000, ratioFloor: 64 << 20, entries: 1_000)

    public init(unpackedBytes: Int, ratio: Int, ratioFloor: Int, entries: Int) {
        self.unpackedBytes = unpackedBytes
        self.ratio = ratio
        self.ratioFloor = ratioFloor
        self.entries = entries
    }

    /// - Throws: `IngestionError.expandsTooFar` when so much must not come out of so little.
    func check(unpacked: Int, packed: Int, source: String) throws(IngestionError) {
        if unpacked > unpackedBytes {
            throw .expandsTooFar(source: source, reason: "more than \(unpackedBytes) bytes come out of it")
        }
        if unpacked > ratioFloor, unpacked / max(packed, 1) >= ratio {
            throw .expandsTooFar(source: source, reason: "it unpacks to \(ratio) times its size or more")
        }
    }
}
