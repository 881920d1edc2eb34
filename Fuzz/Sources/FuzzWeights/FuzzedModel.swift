import Foundation
import Kernels
import TextEmbedding

/// The folder of a very small encoder, in memory, whose weights change.
struct FuzzedModel {
    static let hidden = 4
    private static let wide = 12
    private static let vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##c", "."]

    /// A good file of each precision.
    private(set) var weights: [EncoderPrecision: [UInt8]] = [:]
    private let folder = URL(filePath: "/dev/shm/bookrec-fuzz-\(getpid())", directoryHint: .isDirectory)

    init() throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: "1_Pooling"), withIntermediateDirectories: true)
        let files = [
            "config.json": """
            {"model_type":"bert","hidden_act":"gelu","num_hidden_layers":1,"hidden_size":\(Self.hidden),
             "num_attention_heads":2,"intermediate_size":\(Self.wide),"vocab_size":\(Self.vocabulary.count),
             "max_position_embeddings":8,"type_vocab_size":1,"layer_norm_eps":1e-12}
            """,
            "modules.json": """
            [{"type":"x.Transformer"},{"type":"x.Pooling"},{"type":"x.Normalize"}]
            """,
            "1_Pooling/config.json": """
            {"word_embedding_dimension":\(Self.hidden),"pooling_mode_mean_tokens":true}
            """,
            "sentence_bert_config.json": #"{"max_seq_length":8}"#,
            "tokenizer_config.json": #"{"do_lower_case":true}"#,
            "vocab.txt": Self.vocabulary.joined(separator: "\n"),
        ]
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        weights[.f32] = try Self.published()
        try Data(weights[.f32]!).write(to: folder.appending(path: EncoderPrecision.f32.weightFile))
        weights[.int8] = try Array(EncoderPacker.pack(directory: folder))
    }

    /// The encoder with `file` as its weights, if it can be opened.
    func open(_ file: [UInt8], _ precision: EncoderPrecision, _ kernels: Kernels) -> TextEncoder? {
        let path = folder.appending(path: precision.weightFile).path
        guard FileManager.default.createFile(atPath: path, contents: Data(file)) else { return nil }
        return try? TextEncoder(directory: folder, precision: precision, kernels: kernels)
    }

    /// Weights between -0.5 and 0.5 as a safetensors file.
    private static func published() throws -> [UInt8] {
        var shapes: [(String, [Int])] = [
            ("embeddings.word_embeddings.weight", [vocabulary.count, hidden]),
            ("embeddings.position_embeddings.weight", [8, hidden]),
            ("embeddings.token_type_embeddings.weight", [1, hidden]),
        ]
        func add(_ name: String, _ weight: [Int], _ bias: Int) {
            shapes += [(name + ".weight", weight), (name + ".bias", [bias])]
        }
        add("embeddings.LayerNorm", [hidden], hidden)
        let layer = "encoder.layer.0."
        for name in ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"] {
            add(layer + name, [hidden, hidden], hidden)
        }
        add(layer + "intermediate.dense", [wide, hidden], wide)
        add(layer + "output.dense", [hidden, wide], hidden)
        for name in ["attention.output.LayerNorm", "output.LayerNorm"] { add(layer + name, [hidden], hidden) }

        var header: [String: Any] = [:]
        var data: [UInt8] = []
        for (name, shape) in shapes {
            let start = data.count
            for _ in 0..<shape.reduce(1, *) {
                let element = Float(data.count * 7919 % 1009) / 1009 - 0.5
                withUnsafeBytes(of: element.bitPattern.littleEndian) { data += $0 }
            }
            header[name] = ["dtype": "F32", "shape": shape, "data_offsets": [start, data.count]] as [String: Any]
        }
        var json = [UInt8](try JSONSerialization.data(withJSONObject: header, options: .sortedKeys))
        json += [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8)
        return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json + data
    }
}
