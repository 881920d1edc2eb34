/// Kinds of encoders that compute alike, and differ in what their files call
/// things. The names are those of `model_type`.
enum EncoderFamily: String, CaseIterable, Sendable {
    case bert, roberta, distilbert
}

/// What an encoder's tensors are called in the file, and the shapes they must
/// have.
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

        init(_ index: Int, family: EncoderFamily, prefix: String) {
            switch family {
            case .bert, .roberta:
                let prefix = prefix + "encoder.layer.\(index)."
                query = prefix + "attention.self.query"
                key = prefix + "attention.self.key"
                value = prefix + "attention.self.value"
                attentionOutput = prefix + "attention.output.dense"
                attentionNorm = prefix + "attention.output.LayerNorm"
                intermediate = prefix + "intermediate.dense"
                output = prefix + "output.dense"
                outputNorm = prefix + "output.LayerNorm"
            case .distilbert:
                let prefix = prefix + "transformer.layer.\(index)."
                query = prefix + "attention.q_lin"
                key = prefix + "attention.k_lin"
                value = prefix + "attention.v_lin"
                attentionOutput = prefix + "attention.out_lin"
                attentionNorm = prefix + "sa_layer_norm"
                intermediate = prefix + "ffn.lin1"
                output = prefix + "ffn.lin2"
                outputNorm = prefix + "output_layer_norm"
            }
        }
    }

    let words: String
    let positions: String
    let segments: String
    /// Whether the model knows segments, and so has a tensor for them.
    let hasSegments: Bool
    /// Less ".weight" and ".bias".
    let embeddingNorm: String
    let layers: [Layer]
    /// Every tensor with its shape, in the order of use.
    let shapes: [(name: String, shape: [Int])]

    /// The names in a file of `family`, where all of them start with `prefix`.
    init(configuration: EncoderConfiguration, family: EncoderFamily = .bert, prefix: String = "") {
        let hidden = configuration.hiddenSize
        let wide = configuration.intermediateSize
        words = prefix + "embeddings.word_embeddings.weight"
        positions = prefix + "embeddings.position_embeddings.weight"
        segments = prefix + "embeddings.token_type_embeddings.weight"
        hasSegments = configuration.segmentCount > 0
        embeddingNorm = prefix + "embeddings.LayerNorm"
        layers = (0..<configuration.layerCount).map { Layer($0, family: family, prefix: prefix) }

        var shapes: [(name: String, shape: [Int])] = [
            (words, [configuration.vocabularySize, hidden]),
            (positions, [configuration.positionCount, hidden]),
        ]
        if hasSegments { shapes.append((segments, [configuration.segmentCount, hidden])) }
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
