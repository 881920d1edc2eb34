/// XXH64, Yann Collet's fast hash (github.com/Cyan4973/xxHash, specification
/// 0.1.1), with seed 0: finds damage to a file about as fast as memory can be
/// read, on every processor. It does not protect from an attacker.
package enum XXHash64 {
    private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
        0x27D4_EB2F_1656_67C5
    )

    /// The hash of `bytes`. O(count).
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var place = 0
        var hash: UInt64
        if bytes.count >= 32 {
            var lanes = SIMD4<UInt64>(primes.0 &+ primes.1, primes.1, 0, 0 &- primes.0)
            while place + 32 <= bytes.count {
                for lane in 0..<4 { lanes[lane] = unsafe round(lanes[lane], word(bytes, place + 8 * lane)) }
                place += 32
            }
            hash = rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
            for lane in 0..<4 { hash = (hash ^ round(0, lanes[lane])) &* primes.0 &+ primes.3 }
        } else {
            hash = primes.4
        }
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            hash = unsafe rotated(hash ^ round(0, word(bytes, place)), 27) &* primes.0 &+ primes.3
            place += 8
        }
        if place + 4 <= bytes.count {
            let half = unsafe UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            hash = rotated(hash ^ half &* primes.0, 23) &* primes.1 &+ primes.2
            place += 4
        }
        while place < bytes.count {
            hash = unsafe rotated(hash ^ UInt64(bytes[place]) &* primes.4, 11) &* primes.0
            place += 1
        }
        hash = (hash ^ hash >> 33) &* primes.1
        hash = (hash ^ hash >> 29) &* primes.2
        return hash ^ hash >> 32
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 {
        value << bits | value >> (64 - bits)
    }

    private static func round(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        rotated(sum &+ word &* primes.1, 31) &* primes.0
    }
}
