/// Finds the first of up to four byte values, eight bytes at a time.
///
/// The trick with the highest bits is "Determine if a word has a zero byte" of S. E. Anderson's "Bit Twiddling Hacks":
/// a marked byte can be wrong only above a right one, so the lowest mark is exact.
struct ByteSet: Sendable {
    private let patterns: (UInt64, UInt64, UInt64, UInt64)
    private let bytes: (UInt8, UInt8, UInt8, UInt8)

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Line feed and carriage return.
    static let lineEnds = Self(0x0A, 0x0D)

    init(_ first: UInt8, _ second: UInt8, _ third: UInt8? = nil, _ fourth: UInt8? = nil) {
        let all = (first, second, third ?? first, fourth ?? first)
        bytes = all
        patterns = (
            Self.ones &* UInt64(all.0), Self.ones &* UInt64(all.1), Self.ones &* UInt64(all.2),
            Self.ones &* UInt64(all.3)
        )
    }

    /// The index of the first byte from `start` on that is in the set; the buffer's count when there is none. O(n).
    @inline(__always)
    func firstIndex(in buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        let raw = UnsafeRawBufferPointer(buffer)
        while at + 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let marks =
                Self.zeros(word ^ patterns.0) | Self.zeros(word ^ patterns.1) | Self.zeros(word ^ patterns.2)
                | Self.zeros(word ^ patterns.3)
            if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < raw.count {
            let byte = raw[at]
            if byte == bytes.0 || byte == bytes.1 || byte == bytes.2 || byte == bytes.3 { return at }
            at += 1
        }
        return at
    }

    /// Marks the zero bytes of a word in their highest bits.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
}

extension UnsafeBufferPointer<UInt8> {
    /// A part of the buffer, as a buffer of its own.
    @inline(__always)
    subscript(rebased range: some RangeExpression<Int>) -> Self { Self(rebasing: self[range]) }

    /// The index of the first byte from `start` on that is not ASCII; the count when there is none. O(n).
    func firstIndexBeyondASCII(from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(self)
        var at = start
        while at + 8 <= raw.count {
            let marks =
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) & 0x8080_8080_8080_8080
            if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < raw.count, raw[at] < 0x80 { at += 1 }
        return at
    }
}
