import EngineTestSupport
import Foundation
import Testing
import TextEmbedding

@Suite("Damaged and foreign models")
struct DamagedModelTests {
    /// The error of opening `model`; nil if there is none.
    func error(
        _ model: TinyModel, _ precision: EncoderPrecision = .f32, weights: [UInt8]? = nil,
        without missing: String? = nil
    ) throws -> TextEmbeddingError? {
        let directory = try TemporaryFolder()
        defer { directory.remove() }
        try model.write(to: directory, precision: precision, weights: weights)
        if let missing { try FileManager.default.removeItem(at: directory.url.appending(path: missing)) }
        do {
            _ = try TextEncoder(directory: directory.url, precision: precision)
            return nil
        } catch {
            #expect(error.path.hasPrefix(directory.url.path))
            #expect(error.description.contains(error.path) && error.description.contains(error.detail))
            return error
        }
    }

    func error(_ change: (inout TinyModel) -> Void) throws -> TextEmbeddingError? {
        var model = TinyModel()
        change(&model)
        return try error(model)
    }

    @Test(arguments: EncoderPrecision.allCases)
    func theModelItselfIsFine(precision: EncoderPrecision) throws {
        #expect(try error(TinyModel(), precision) == nil)
    }

    @Test(arguments: EncoderPrecision.allCases)
    func everyFileIsNeeded(precision: EncoderPrecision) throws {
        for name in [
            "config.json", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json",
            "tokenizer_config.json", "vocab.txt", precision.weightFile,
        ] {
            let error = try error(TinyModel(), precision, without: name)
            #expect(error?.code == (name == "vocab.txt" ? .badVocabulary : .cannotRead))
            #expect(error?.path.hasSuffix("/" + name) == true)
        }
    }

    @Test func otherKindsOfModelsAreRefused() throws {
        let changes: [(String, (inout TinyModel) -> Void)] = [
            ("model_type", { $0.config["model_type"] = "roberta" }),
            ("architectures", { $0.config["architectures"] = ["MPNetModel"] }),
            ("hidden_act", { $0.config["hidden_act"] = "gelu_new" }),
            ("position_embedding_type", { $0.config["position_embedding_type"] = "relative_key" }),
            ("pooling_mode_mean_tokens", { $0.pooling["pooling_mode_mean_tokens"] = false }),
            ("pooling_mode_cls_token", { $0.pooling["pooling_mode_cls_token"] = true }),
            ("pooling_mode_max_tokens", { $0.pooling["pooling_mode_max_tokens"] = true }),
            ("type", { $0.modules = ["Transformer", "Pooling"] }),
            ("type", { $0.modules = ["Transformer", "Pooling", "Dense"] }),
            ("tokenize_chinese_chars", { $0.tokenizer["tokenize_chinese_chars"] = false }),
            ("strip_accents", { $0.tokenizer["strip_accents"] = false }),
        ]
        for (field, change) in changes {
            let error = try error(change)
            #expect(error?.code == .unsupportedModel, "\(field)")
            #expect(error?.field == field)
        }
    }

    @Test func contradictionsBetweenFilesAreFound() throws {
        let changes: [(String, (inout TinyModel) -> Void)] = [
            ("word_embedding_dimension", { $0.pooling["word_embedding_dimension"] = 13 }),
            ("max_seq_length", { $0.sentence["max_seq_length"] = 25 }),
            ("max_seq_length", { $0.sentence["max_seq_length"] = 1 }),
            ("num_attention_heads", { $0.config["num_attention_heads"] = 5 }),
            ("num_attention_heads", { $0.config["num_attention_heads"] = 0 }),
            ("hidden_size", { $0.config["hidden_size"] = Int.max }),
            ("layer_norm_eps", { $0.config["layer_norm_eps"] = -1 }),
        ]
        for (field, change) in changes {
            let error = try error(change)
            #expect(error?.code == .badConfiguration, "\(field)")
            #expect(error?.field == field)
        }
        #expect(try error { $0.config["hidden_size"] = "wide" }?.code == .badConfiguration)
        #expect(try error { $0.config["num_hidden_layers"] = nil }?.code == .badConfiguration)
        #expect(try error { $0.vocabulary.append("more") }?.code == .badVocabulary)
        #expect(try error { $0.vocabulary[5] = "b" }?.code == .badVocabulary)
    }

    @Test func everyTensorIsNeededInItsShape() throws {
        for name in TinyModel().tensors.keys {
            #expect(try error { $0.tensors[name] = nil }?.code == .missingTensor)
            #expect(try error { $0.tensors[name] = nil }?.field == name)
            let wrong = try error { model in
                model.tensors[name]!.shape[0] += 1
                model.tensors[name]!.elements = [Float](
                    repeating: 0, count: model.tensors[name]!.shape.reduce(1, *))
            }
            #expect(wrong?.code == .wrongTensor)
            #expect(wrong?.field == name)
        }
    }

    @Test(arguments: EncoderPrecision.allCases)
    func everyTruncationIsFound(precision: EncoderPrecision) throws {
        let weights = try precision == .f32 ? TinyModel().safetensors() : TinyModel().packed()
        for count in Array(0..<20) + stride(from: 20, to: weights.count, by: 331) + [weights.count - 1] {
            let error = try error(TinyModel(), precision, weights: Array(weights[..<count]))
            #expect(error?.code == .badTensorFile, "\(count) bytes")
        }
        #expect(try error(TinyModel(), precision, weights: weights + [0])?.code == .badTensorFile)
    }
}
