import TextEmbedding

/// A question to the text model whose answer is known, to tell all-MiniLM-L6-v2 from other models of the same shape.
enum TextModelProbe {
    static let text = "A lighthouse keeper finds a letter in a bottle."

    /// The first elements of the vector, from a float64 forward pass in NumPy over the published weights.
    static let beginning: [Float] = [
        -0.019569, 0.054926, -0.004446, 0.060912, -0.009608, 0.040374, 0.077114, -0.018707,
        -0.033200, -0.064595, 0.055884, -0.018866, -0.035534, 0.055303, -0.051096, 0.036835,
    ]

    /// Wide enough for weights in half precision, or for packed ones, whose vectors have a cosine of 0.999; far narrower than
    /// the distance to another model's answer.
    static func tolerance(_ precision: EncoderPrecision) -> Float {
        switch precision {
        case .f32: 0.003
        case .int8: 0.012
        }
    }
}
