/// A term's postings as they lie in a mapped file.
///
/// Nothing about them is believed: a block that is not whole, or that names a
/// document beyond the last, ends the list. That costs a comparison a block,
/// and lets a large file be opened without reading it.
///
/// Whoever uses a list keeps its file mapped.
@safe
struct PostingList {
    /// The blocks, after which `PostingBlock.slack` more bytes can be read.
    let bytes: UnsafeRawBufferPointer
    /// How many postings there should be.
    let count: Int
    /// The number of documents of the index, at most 2³¹ - 1.
    let documents: Int

    /// Calls `body` with the documents, the impacts and the number of the
    /// postings of each block. Gives whether the list is as it should be, to
    /// its last byte. O(postings).
    @inline(__always)
    func forEachBlock(_ body: (UnsafePointer<UInt32>, UnsafePointer<UInt8>, Int) -> Void) -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: PostingBlock.capacity) { buffer in
            let found = buffer.baseAddress!
            var (last, left, place) = (-1, count, 0)
            while left > 0 {
                let blockCount = min(left, PostingBlock.capacity)
                guard unsafe place < bytes.count else { return false }
                let width = unsafe Int(bytes[place])
                let impactPlace = place + 1 + PostingBlock.gapBytes(blockCount, width: width)
                guard width <= PostingBlock.maximumWidth, unsafe impactPlace + blockCount <= bytes.count else {
                    return false
                }
                last = unsafe Self.unpack(
                    bytes.baseAddress! + place + 1, blockCount, width: width, after: last, into: found)
                // Documents rise, so that the last one speaks for all.
                guard last < documents else { return false }
                unsafe body(
                    found, (bytes.baseAddress! + impactPlace).assumingMemoryBound(to: UInt8.self), blockCount)
                place = impactPlace + blockCount
                left -= blockCount
            }
            return unsafe place == bytes.count
        }
    }

    /// The documents of `count` gaps of `width` bits at `gaps`; gives the last.
    @inline(__always)
    private static func unpack(
        _ gaps: UnsafeRawPointer, _ count: Int, width: Int, after last: Int, into found: UnsafeMutablePointer<UInt32>
    ) -> Int {
        let mask = UInt64(1) &<< UInt64(width) &- 1
        var (last, bit) = (last, 0)
        for index in 0..<count {
            let word = unsafe gaps.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
            last &+= Int(truncatingIfNeeded: word &>> UInt64(truncatingIfNeeded: bit & 7) & mask) &+ 1
            unsafe found[index] = UInt32(truncatingIfNeeded: last)
            bit &+= width
        }
        return last
    }
}
