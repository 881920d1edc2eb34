import EngineTestSupport
import Evaluation
import Foundation
import TextEmbedding

/// A BERT encoder with few weights, drawn from a seed, whose files a test can
/// damage before it writes them.
struct TinyModel {
    struct Tensor {
        var shape: [Int]
        var elements: [Float]
    }

    let hidden: Int
    let wide: Int
    var layers = 2
    var vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##c", "."]
    var config: [String: Any] = [:]
    var pooling: [String: Any] = [:]
    var sentence: [String: Any] = ["max_seq_length": 16]
    var tokenizer: [String: Any] = ["do_lower_case": true]
    var modules = ["Transformer", "Pooling", "Normalize"]
    var tensors: [String: Tensor] = [:]

    /// With weights drawn from `range`; `heads` divides `hidden`.
    init(
        seed: UInt64 = 1, range: ClosedRange<Float> = -0.5...0.5, hidden: Int = 12, heads: Int = 3, wide: Int = 20
    ) {
        self.hidden = hidden
        self.wide = wide
        config = [
            "model_type": "bert", "architectures": ["BertModel"], "hidden_act": "gelu",
            "position_embedding_type": "absolute", "num_hidden_layers": layers, "hidden_size": hidden,
            "num_attention_heads": heads, "intermediate_size": wide, "vocab_size": vocabulary.count,
            "max_position_embeddings": 24, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        ]
        pooling = ["word_embedding_dimension": hidden, "pooling_mode_mean_tokens": true]
        var random = SeededGenerator(seed: seed)
        for (name, shape) in shapes {
            tensors[name] = Tensor(shape: shape, elements: random.floats(shape.reduce(1, *), in: range))
        }
    }

    private var shapes: [(String, [Int])] {
        var shapes: [(String, [Int])] = [
            ("embeddings.word_embeddings.weight", [vocabulary.count, hidden]),
            ("embeddings.position_embeddings.weight", [24, hidden]),
            ("embeddings.token_type_embeddings.weight", [2, hidden]),
            ("embeddings.LayerNorm.weight", [hidden]), ("embeddings.LayerNorm.bias", [hidden]),
        ]
        for layer in 0..<layers {
            let prefix = "encoder.layer.\(layer)."
            let linears = [
                ("attention.self.query", hidden, hidden), ("attention.self.key", hidden, hidden),
                ("attention.self.value", hidden, hidden), ("attention.output.dense", hidden, hidden),
                ("intermediate.dense", wide, hidden), ("output.dense", hidden, wide),
            ]
            for (name, out, into) in linears {
                shapes += [(prefix + name + ".weight", [out, into]), (prefix + name + ".bias", [out])]
            }
            for name in ["attention.output.LayerNorm", "output.LayerNorm"] {
                shapes += [(prefix + name + ".weight", [hidden]), (prefix + name + ".bias", [hidden])]
            }
        }
        return shapes
    }

    /// Sets every weight to `value`.
    mutating func fill(_ value: Float) {
        for name in tensors.keys {
            tensors[name]!.elements = tensors[name]!.elements.map { _ in value }
        }
    }

    /// The weights as a safetensors file.
    func safetensors() throws -> [UInt8] {
        var header: [String: Any] = ["__metadata__": ["format": "pt"]]
        var data: [UInt8] = []
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let start = data.count
            for element in tensor.elements {
                data += (0..<4).map { UInt8(truncatingIfNeeded: element.bitPattern >> (8 * UInt32($0))) }
            }
            header[name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [start, data.count]]
        }
        return try Self.safetensors(header: JSONSerialization.data(withJSONObject: header), data: data)
    }

    /// A file of any header and data; the header is padded to 8 bytes.
    static func safetensors(header: Data, data: [UInt8]) -> [UInt8] {
        let padded = Array(header) + [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
        return (0..<8).map { UInt8(truncatingIfNeeded: padded.count >> (8 * $0)) } + padded + data
    }

    /// The weights as `EncoderPacker` packs them.
    func packed() throws -> [UInt8] {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        try write(to: directory, precision: .f32)
        return try Array(EncoderPacker.pack(directory: directory.url))
    }

    /// Writes the files that an encoder of `precision` reads and no others,
    /// the weights as they are unless given.
    func write(to directory: TemporaryFolder, precision: EncoderPrecision, weights: [UInt8]? = nil) throws {
        func json(_ value: Any, _ name: String) throws {
            try directory.write(JSONSerialization.data(withJSONObject: value), to: name)
        }
        try json(config, "config.json")
        try json(pooling, "1_Pooling/config.json")
        try json(sentence, "sentence_bert_config.json")
        try json(tokenizer, "tokenizer_config.json")
        try json(modules.map { ["type": "sentence_transformers.models.\($0)"] }, "modules.json")
        try directory.write(vocabulary.joined(separator: "\n").utf8, to: "vocab.txt")
        try directory.write(
            weights ?? (precision == .f32 ? safetensors() : packed()), to: precision.weightFile)
    }
}
