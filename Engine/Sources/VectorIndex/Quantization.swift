/// How a vector becomes bytes: by one scale, in planes of signed bytes of
/// which each holds what the one before rounded away,
///
///     v ≈ scale · (first + second / 254 + third / 254²) .
///
/// `scale` is the largest element's size over 127, so that no plane ever holds
/// -128. The first plane alone is off by at most scale / 2 an element; each
/// further one is 254 times closer: two planes are about 16 bits.
enum Quantization {
    /// How much finer a plane is than the one before: the rest of a rounding
    /// is at most 1/2, and becomes at most 127.
    static var refinement: Float { 254 }

    /// Vectors without any element larger than this are stored as zeros: the
    /// inverse of their scale would not be a number.
    static var smallest: Float { 1e-30 }

    /// Adding this to a number of up to 2²² in size rounds it to the nearest
    /// integer, ties to even, and leaves that in the sum's lowest bits. Other
    /// ways call a library function for each element.
    private static var rounder: Float { 12_582_912 }

    /// Writes `count` bytes to each of `planes`, the zeros of a row's padding
    /// not included, and gives the scale; nil if an element is not finite.
    /// O(count * planes.count).
    static func quantize(
        _ vector: UnsafePointer<Float>, count: Int, planes: [UnsafeMutablePointer<Int8>]
    ) -> Float? {
        // Sizes compare like the integers that they are stored as; infinity
        // and all NaNs are larger than any number.
        var largestBits: UInt32 = 0
        for index in 0..<count { largestBits = unsafe max(largestBits, vector[index].bitPattern & 0x7FFF_FFFF) }
        let largest = Float(bitPattern: largestBits)
        guard largest.isFinite else { return nil }
        guard largest >= smallest else {
            for place in unsafe planes.indices { unsafe planes[place].update(repeating: 0, count: count) }
            return 0
        }
        let inverse = 127 / largest
        for place in unsafe planes.indices {
            let plane = unsafe planes[place]
            switch place {
            case 0:
                for index in 0..<count { unsafe plane[index] = unsafe rounded(vector[index] * inverse).byte }
            case 1:
                for index in 0..<count { unsafe plane[index] = unsafe rounded(rest(vector[index] * inverse)).byte }
            default:
                for index in 0..<count {
                    unsafe plane[index] = unsafe rounded(rest(rest(vector[index] * inverse))).byte
                }
            }
        }
        let scale = largest / 127
        // Rounding up could make an infinity of the largest number.
        return (scale * 127).isFinite ? scale : scale.nextDown
    }

    @inline(__always)
    private static func rounded(_ value: Float) -> (byte: Int8, value: Float) {
        let raised = value + rounder
        return (Int8(truncatingIfNeeded: raised.bitPattern), raised - rounder)
    }

    /// What rounding takes off, in units of the next plane.
    @inline(__always)
    private static func rest(_ value: Float) -> Float {
        (value - rounded(value).value) * refinement
    }
}

/// A vector as an index stores it: two planes of bytes and their scale.
///
/// Copying rows this way from one collection to another changes nothing, where
/// making floats of them and quantising those again might.
public struct CodedRow: Sendable, Hashable {
    /// What the first plane's bytes are multiplied by; 0 for zeros.
    public let scale: Float
    /// The first plane, one byte an element.
    public let codes: [Int8]
    /// The second plane, in units of 1/254 of the first.
    public let rests: [Int8]

    init(scale: Float, codes: [Int8], rests: [Int8]) {
        self.scale = scale
        self.codes = codes
        self.rests = rests
    }

    /// The vector that the bytes stand for: within 1/500 of `scale` of the one
    /// that was stored, in every element. O(count).
    public var vector: [Float] {
        zip(codes, rests).map { scale * (Float($0) + Float($1) / Quantization.refinement) }
    }
}
