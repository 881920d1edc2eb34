/// What BERT's tensors are called in the file, and the shapes they must have.
struct EncoderTensorNames: Sendable {
    /// The names of one transformer layer, less ".weight" and ".bias".
    struct Layer: Sendable {
        let query: String
        let key: String
        let value: String
        let attentionOutput: String
        let attentionNorm: String
        let intermediate: String
        let output: String
        let outputNorm: String

        init(_ index: Int) {
            let prefix = "encoder.layer.\(index)."
            query = prefix + "attention.self.query"
            key = prefix + "attention.self.key"
            value = prefix + "attention.self.value"
            attentionOutput = prefix + "attention.output.dense"
            attentionNorm = prefix + "attention.output.LayerNorm"
            intermediate = prefix + "intermediate.dense"
            output = prefix + "output.dense"
            outputNorm = prefix + "output.LayerNorm"
        }
    }

    let words = "embeddings.word_embeddings.weight"
    let positions = "embeddings.position_embeddings.weight"
    let segments = "embeddings.token_type_embeddings.weight"
    /// Less ".weight" and ".bias".
    let embeddingNorm = "embeddings.LayerNorm"
    let layers: [Layer]
    /// Every tensor with its shape, in the order of use.
    let shapes: [(name: String, shape: [Int])]

    init(configuration: EncoderConfiguration) {
        let hidden = configuration.hiddenSize
        let wide = configuration.intermediateSize
        layers = (0..<configuration.layerCount).map(Layer.init)

        var shapes: [(name: String, shape: [Int])] = [
            (words, [configuration.vocabularySize, hidden]),
            (positions, [configuration.positionCount, hidden]),
            (segments, [configuration.segmentCount, hidden]),
        ]
        func addNorm(_ name: String) {
            shapes += [(name + ".weight", [hidden]), (name + ".bias", [hidden])]
        }
        func addLinear(_ name: String, _ out: Int, _ into: Int) {
            shapes += [(name + ".weight", [out, into]), (name + ".bias", [out])]
        }
        addNorm(embeddingNorm)
        for layer in layers {
            addLinear(layer.query, hidden, hidden)
            addLinear(layer.key, hidden, hidden)
            addLinear(layer.value, hidden, hidden)
            addLinear(layer.attentionOutput, hidden, hidden)
            addNorm(layer.attentionNorm)
            addLinear(layer.intermediate, wide, hidden)
            addLinear(layer.output, hidden, wide)
            addNorm(layer.outputNorm)
        }
        self.shapes = shapes
    }
}
