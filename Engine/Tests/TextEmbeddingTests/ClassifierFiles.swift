import EngineTestSupport
import Foundation
import Testing
import TextEmbedding

/// The files of one of the golden classifiers, which a test can damage
/// before it writes them.
struct ClassifierFiles {
    var config: [String: Any]
    var tokenizer: [String: Any]
    var tensors: [String: TinyModel.Tensor] = [:]
    /// All other files.
    var others: [String: Data] = [:]

    static let families = ["bert", "roberta", "distilbert"]

    static func folder(_ family: String) -> URL { GoldenFile.url("Classifiers/\(family)") }

    init(_ family: String) throws {
        let folder = Self.folder(family)
        func data(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }
        func object(_ name: String) throws -> [String: Any] {
            try #require(JSONSerialization.jsonObject(with: data(name)) as? [String: Any])
        }
        config = try object("config.json")
        tokenizer = try object("tokenizer_config.json")
        for name in ["vocab.txt", "vocab.json", "merges.txt"] { others[name] = try? data(name) }
        let file = try SafetensorsFile(path: folder.appending(path: "model.safetensors").path)
        let bytes = try data("model.safetensors")
        for (name, tensor) in file.tensors {
            let elements = stride(from: tensor.byteRange.lowerBound, to: tensor.byteRange.upperBound, by: 4).map {
                place in
                Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) })
            }
            tensors[name] = TinyModel.Tensor(shape: tensor.shape, elements: elements)
        }
    }

    /// Cuts `tensor` to its first rows.
    mutating func cut(_ name: String, to rows: Int) {
        let tensor = tensors[name]!
        let width = tensor.elements.count / tensor.shape[0]
        tensors[name]!.shape[0] = rows
        tensors[name]!.elements = Array(tensor.elements.prefix(rows * width))
    }

    func safetensors() throws -> [UInt8] {
        var model = TinyModel()
        model.tensors = tensors
        return try model.safetensors()
    }

    func write(to folder: TemporaryFolder, weights: [UInt8]? = nil) throws {
        try folder.write(JSONSerialization.data(withJSONObject: config), to: "config.json")
        try folder.write(JSONSerialization.data(withJSONObject: tokenizer), to: "tokenizer_config.json")
        try folder.write(weights ?? safetensors(), to: "model.safetensors")
        for (name, data) in others { try folder.write(data, to: name) }
    }

    func classifier() throws -> SequenceClassifier {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try write(to: folder)
        return try SequenceClassifier(directory: folder.url)
    }
}
