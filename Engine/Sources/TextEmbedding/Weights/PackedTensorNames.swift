internal import Kernels

/// What the tensors of a packed model are called, with types and shapes.
struct PackedTensorNames: Sendable {
    /// A tensor as the file must have it.
    struct Entry: Sendable, Equatable {
        var name: String
        /// As safetensors calls it.
        var elementType: String
        var shape: [Int]
    }

    /// The names of one packed linear layer.
    struct Linear: Sendable {
        let prefix: String
        let rows: Int
        let columns: Int

        /// In the order of `PackedLinear.place`: [blocks, depth / 4, 16, 4].
        var weights: String { prefix + ".weights" }
        /// [rows, padded]
        var scales: String { prefix + ".scales" }
        /// [rows, padded], of the bytes of each row.
        var sums: String { prefix + ".sums" }
        /// [rows, padded]
        var bias: String { prefix + ".bias" }
        /// [columns], by which inputs are multiplied.
        var factors: String { prefix + ".factors" }

        var entries: [Entry] {
            let padded = PackedLinear.paddedRows(rows)
            let (block, depth) = (PackedLinear.blockRows, PackedLinear.depth(of: columns))
            return [
                Entry(name: weights, elementType: "I8", shape: [padded / block, depth / 4, block, 4]),
                Entry(name: scales, elementType: "F32", shape: [padded]),
                Entry(name: sums, elementType: "I32", shape: [padded]),
                Entry(name: bias, elementType: "F32", shape: [padded]),
                Entry(name: factors, elementType: "F32", shape: [columns]),
            ]
        }
    }

    /// A layer normalisation's names: both [hidden].
    struct Norm: Sendable {
        let prefix: String
        var gain: String { prefix + ".gain" }
        var bias: String { prefix + ".bias" }
    }

    /// The names of one transformer layer.
    struct Layer: Sendable {
        let attention: Linear
        let attentionOutput: Linear
        let attentionNorm: Norm
        let intermediate: Linear
        let output: Linear
        let outputNorm: Norm
    }

    /// The file's metadata key that tells how tensors are laid out.
    static let layoutKey = "layout"
    /// Raised when an older reader would misunderstand the tensors.
    static let layout = "bookrec packed encoder 1"

    let words = "words"
    let wordScales = "words.scales"
    let positions = "positions"
    let embeddingNorm = Norm(prefix: "embeddingNorm")
    let layers: [Layer]
    /// Every tensor.
    let entries: [Entry]

    init(configuration: EncoderConfiguration) {
        let hidden = configuration.hiddenSize
        let wide = configuration.intermediateSize
        layers = (0..<configuration.layerCount).map { number in
            let prefix = "layers.\(number)."
            return Layer(
                attention: Linear(prefix: prefix + "attention", rows: 3 * hidden, columns: hidden),
                attentionOutput: Linear(prefix: prefix + "attentionOutput", rows: hidden, columns: hidden),
                attentionNorm: Norm(prefix: prefix + "attentionNorm"),
                intermediate: Linear(prefix: prefix + "intermediate", rows: wide, columns: hidden),
                output: Linear(prefix: prefix + "output", rows: hidden, columns: wide),
                outputNorm: Norm(prefix: prefix + "outputNorm"))
        }
        var entries = [
            Entry(name: words, elementType: "I8", shape: [configuration.vocabularySize, hidden]),
            Entry(name: wordScales, elementType: "F32", shape: [configuration.vocabularySize]),
            Entry(name: positions, elementType: "F32", shape: [configuration.positionCount, hidden]),
        ]
        func add(_ norm: Norm) {
            for name in [norm.gain, norm.bias] {
                entries.append(Entry(name: name, elementType: "F32", shape: [hidden]))
            }
        }
        add(embeddingNorm)
        for layer in layers {
            for linear in [layer.attention, layer.attentionOutput, layer.intermediate, layer.output] {
                entries += linear.entries
            }
            add(layer.attentionNorm)
            add(layer.outputNorm)
        }
        self.entries = entries
    }
}
