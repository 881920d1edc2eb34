import Foundation

/// A logit in a byte: from -8 to 8 in steps of a sixteenth, which is finer than any model here is right.
public enum LabelScore {
    /// Of a probability of one half.
    public static let even: UInt8 = 128

    /// The nearest byte; that of 0 for what is no number.
    public static func byte(logit: Float) -> UInt8 {
        guard !logit.isNaN else { return even }
        return UInt8(min(max(logit * 16 + 128, 0), 255).rounded())
    }

    public static func logit(_ byte: UInt8) -> Float { (Float(byte) - 128) / 16 }

    /// 0...1.
    public static func probability(_ byte: UInt8) -> Float { probability(logit: logit(byte)) }

    /// 0...1.
    public static func probability(logit: Float) -> Float { 1 / (1 + exp(-logit)) }

    /// The byte from which on the probability is at least this.
    public static func byte(probability: Float) -> UInt8 {
        let clamped = min(max(probability, 1e-4), 1 - 1e-4)
        return UInt8(min(max((log(clamped / (1 - clamped)) * 16 + 128).rounded(.up), 0), 255))
    }
}
