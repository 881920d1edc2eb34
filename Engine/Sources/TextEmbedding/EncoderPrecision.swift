/// How an encoder's weights are kept, and computed with.
public enum EncoderPrecision: String, CaseIterable, Sendable, Codable {
    /// Weights as bytes with a scale per output, activations as bytes with a
    /// scale per token, sums in 32-bit integers; everything else in floats.
    /// A quarter of the memory, several times as fast, and a cosine of about
    /// 0.999 to the exact vectors.
    case int8
    /// 32-bit floats throughout, as published.
    case f32

    /// The file of a model folder that holds the weights.
    public var weightFile: String {
        switch self {
        case .int8: "model.int8.safetensors"
        case .f32: "model.safetensors"
        }
    }
}
