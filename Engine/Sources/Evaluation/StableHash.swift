/// A hash that is the same in every process, on every platform and in every version, unlike Swift's own: what is decided by
/// it stays decided. Not for keeping secrets.
///
/// FNV-1a, by Fowler, Noll and Vo, with the finaliser of SplitMix64, because the high bits of FNV-1a alone depend too
/// little on the last bytes.
struct StableHash {
    /// FNV-1a of what was combined.
    private(set) var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// O(bytes).
    mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }

    /// As eight bytes, the lowest first. O(1).
    mutating func combine(_ number: UInt64) {
        combine((0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) })
    }

    mutating func combine(_ number: Int) { combine(UInt64(bitPattern: Int64(number))) }

    /// The hash. O(1).
    var value: UInt64 {
        var mixer = SeededGenerator(seed: state)
        return mixer.next()
    }
}
