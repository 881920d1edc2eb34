internal import Foundation

/// Normally distributed numbers that repeat themselves for one seed: Box and
/// Muller's transform (1958) of SplitMix64 (Steele, Lea and Flood, 2014).
struct NormalNumbers {
    private var state: UInt64
    private let deviation: Float

    init(seed: UInt64, deviation: Float) {
        (state, self.deviation) = (seed, deviation)
    }

    mutating func take(_ count: Int) -> [Float] {
        (0..<count).map { _ in
            let radius = (-2 * log(uniform())).squareRoot()
            return deviation * Float(radius * cos(2 * .pi * uniform()))
        }
    }

    /// Above 0, at most 1.
    private mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Double((z >> 11) + 1) / Double(1 << 53 as UInt64)
    }
}
