/// How postings lie in a file.
///
/// A term's postings, in rising order of their documents, stand in blocks of
/// 128, the last of them shorter. A block is
///
///     1                 width of its gaps in bits, 0...32
///     ⌈count·width/8⌉   gaps: each document minus the one before minus 1, the
///                       first of a term counted from -1; lowest bit first
///     count             impacts, 1...255
///
/// One width for all gaps of a block lets them be unpacked without a branch;
/// documents in a row take no bits at all. Gaps are read and written eight
/// bytes at a time, so a section of postings ends with `slack` zeros.
enum PostingBlock {
    /// The largest number of postings of a block.
    static var capacity: Int { 128 }
    /// Bytes after the last block.
    static var slack: Int { 8 }
    /// The largest width of a gap, in bits.
    static var maximumWidth: Int { 32 }

    /// The number of bytes of `count` gaps of `width` bits.
    @inline(__always)
    static func gapBytes(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

    /// The number of bits that every gap of `documents`, which rise from above
    /// `last`, fits in. O(documents).
    static func width(of documents: UnsafeBufferPointer<UInt32>, after last: Int) -> Int {
        var (last, bits) = (last, UInt64(0))
        for place in documents.indices {
            let document = unsafe Int(documents[place])
            bits |= UInt64(document - last - 1)
            last = document
        }
        return UInt64.bitWidth - bits.leadingZeroBitCount
    }

    /// The number of bytes that the postings of `documents` take. O(documents).
    static func size(of documents: UnsafeBufferPointer<UInt32>) -> Int {
        var (last, size) = (-1, 0)
        for start in stride(from: 0, to: documents.count, by: capacity) {
            let block = unsafe part(of: documents, from: start)
            size += unsafe 1 + gapBytes(block.count, width: width(of: block, after: last)) + block.count
            last = unsafe Int(block[block.count - 1])
        }
        return size
    }

    /// Writes the postings of `documents` with `impacts`, as many, to `place`
    /// and gives the place after them. Everything from `place` on must be 0,
    /// and `slack` bytes longer than the postings. O(documents).
    static func encode(
        _ documents: UnsafeBufferPointer<UInt32>, _ impacts: UnsafePointer<UInt8>, to place: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        var (last, place) = unsafe (-1, place)
        for start in stride(from: 0, to: documents.count, by: capacity) {
            let block = unsafe part(of: documents, from: start)
            let width = unsafe width(of: block, after: last)
            unsafe place.storeBytes(of: UInt8(width), as: UInt8.self)
            unsafe place += 1
            for index in block.indices {
                let document = unsafe Int(block[index])
                let (bit, gap) = (index * width, UInt64(document - last - 1))
                let word = unsafe place.loadUnaligned(fromByteOffset: bit / 8, as: UInt64.self)
                unsafe place.storeBytes(of: word | gap << UInt64(bit % 8), toByteOffset: bit / 8, as: UInt64.self)
                last = document
            }
            unsafe place += gapBytes(block.count, width: width)
            unsafe place.copyMemory(from: impacts + start, byteCount: block.count)
            unsafe place += block.count
        }
        return unsafe place
    }

    private static func part(
        of documents: UnsafeBufferPointer<UInt32>, from start: Int
    ) -> UnsafeBufferPointer<UInt32> {
        unsafe UnsafeBufferPointer(rebasing: documents[start..<min(start + capacity, documents.count)])
    }
}
