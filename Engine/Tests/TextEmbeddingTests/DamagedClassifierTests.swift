import EngineTestSupport
import Foundation
import Testing
import TextEmbedding

@Suite("Damaged and foreign classifiers")
struct DamagedClassifierTests {
    /// The error of opening a model after `change`; nil if there is none.
    func error(
        _ family: String, weights: [UInt8]? = nil, without missing: String? = nil,
        _ change: (inout ClassifierFiles) throws -> Void = { _ in }
    ) throws -> TextEmbeddingError? {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        var files = try ClassifierFiles(family)
        try change(&files)
        try files.write(to: folder, weights: weights)
        if let missing { try FileManager.default.removeItem(at: folder.url.appending(path: missing)) }
        do {
            _ = try SequenceClassifier(directory: folder.url)
            return nil
        } catch {
            #expect(error.path.hasPrefix(folder.url.path))
            #expect(error.description.contains(error.path) && error.description.contains(error.detail))
            return error
        }
    }

    @Test(arguments: ClassifierFiles.families) func theModelItselfIsFine(family: String) throws {
        #expect(try error(family) == nil)
    }

    @Test(arguments: ClassifierFiles.families) func everyFileIsNeeded(family: String) throws {
        let vocabulary = family == "roberta" ? ["vocab.json", "merges.txt"] : ["vocab.txt"]
        for name in ["config.json", "tokenizer_config.json", "model.safetensors"] + vocabulary {
            let error = try error(family, without: name)
            #expect(error?.code == (vocabulary.contains(name) ? .badVocabulary : .cannotRead))
            #expect(error?.path.hasSuffix("/" + name) == true)
        }
    }

    @Test func otherKindsOfModelsAreRefused() throws {
        let changes: [(String, String, Any)] = [
            ("roberta", "model_type", "xlm-roberta"), ("bert", "model_type", "deberta-v2"),
            ("bert", "architectures", ["BertForTokenClassification"]), ("roberta", "hidden_act", "gelu_new"),
            ("distilbert", "activation", "relu"), ("bert", "position_embedding_type", "relative_key"),
            ("bert", "problem_type", "regression"),
        ]
        for (family, field, value) in changes {
            let error = try error(family) { $0.config[field] = value }
            #expect(error?.code == .unsupportedClassifier, "\(field)")
            #expect(error?.field == field)
            #expect(error?.description.contains("sequence classifier") == true)
        }
        for (field, value) in [("tokenize_chinese_chars", false), ("strip_accents", false)] {
            let error = try error("bert") { $0.tokenizer[field] = value }
            #expect(error?.code == .unsupportedClassifier)
            #expect(error?.field == field)
        }
    }

    @Test func impossibleConfigurationsNameTheirField() throws {
        let changes: [(String, String, Any)] = [
            ("bert", "num_attention_heads", 5), ("bert", "hidden_size", Int.max), ("roberta", "layer_norm_eps", -1),
            ("roberta", "pad_token_id", 64), ("roberta", "pad_token_id", -1), ("roberta", "max_position_embeddings", 2),
            ("distilbert", "n_heads", 5), ("distilbert", "dim", 0), ("distilbert", "hidden_dim", Int.max),
            ("distilbert", "num_labels", 0), ("bert", "id2label", [String: String]()),
            ("bert", "id2label", ["0": "a", "1": "b", "2": "c", "4": "d"]), ("bert", "id2label", ["x": "a"]),
        ]
        for (family, field, value) in changes {
            let error = try error(family) { $0.config[field] = value }
            #expect(error?.code == .badConfiguration, "\(field)")
            #expect(error?.field == (field == "max_position_embeddings" ? "pad_token_id" : field))
        }
        #expect(try error("bert") { $0.config["hidden_size"] = "wide" }?.code == .badConfiguration)
        #expect(try error("distilbert") { $0.config["n_layers"] = nil }?.code == .badConfiguration)
        #expect(try error("bert") { $0.config["id2label"] = ["0": 7] }?.code == .badConfiguration)
        let length = try error("bert") { $0.tokenizer["model_max_length"] = 1 }
        #expect(length?.code == .badConfiguration && length?.field == "model_max_length")
    }

    @Test(arguments: ClassifierFiles.families) func labelsMustBeAsManyAsTheHeadHas(family: String) throws {
        let error = try error(family) { files in
            files.config["id2label"] = Dictionary(uniqueKeysWithValues: (0..<9).map { ("\($0)", "label \($0)") })
        }
        #expect(error?.code == .badConfiguration)
        #expect(error?.field == "id2label")
        #expect(error?.detail.contains("9 labels, but classifier.") == true)
    }

    @Test func vocabulariesMustFit() throws {
        for family in ClassifierFiles.families {
            for count in [-1, -300] {
                let error = try error(family) { files in
                    let field = "vocab_size"
                    files.config[field] = files.config[field] as! Int + count
                }
                #expect(error?.code == .badVocabulary)
            }
            // Padded to a multiple of 128: fine, if the tensor is.
            let size = try error(family) { files in
                let words = "\(family).embeddings.word_embeddings.weight"
                let count = (files.config["vocab_size"] as! Int + 127) / 128 * 128
                files.config["vocab_size"] = count
                files.tensors[words]!.shape[0] = count
                files.tensors[words]!.elements += [Float](
                    repeating: 0, count: count * 32 - files.tensors[words]!.elements.count)
            }
            #expect(size == nil)
            #expect(try error(family) { $0.config["vocab_size"] = 5000 }?.code == .badVocabulary)
        }
    }

    @Test func mergesOfUnknownTokensAreFound() throws {
        let error = try error("roberta") { $0.others["merges.txt"]! += Data("a qqq\n".utf8) }
        #expect(error?.code == .badVocabulary)
        #expect(error?.path.hasSuffix("/merges.txt") == true)
        #expect(error?.detail.contains("'qqq'") == true)
    }

    @Test(arguments: ClassifierFiles.families) func everyTensorIsNeededInItsShape(family: String) throws {
        for (name, tensor) in try ClassifierFiles(family).tensors {
            let missing = try error(family) { $0.tensors[name] = nil }
            #expect(missing?.code == .missingTensor)
            #expect(missing?.field == name)
            let wrong = try error(family) { files in
                files.tensors[name]!.shape = [tensor.elements.count, 1]
            }
            let isHead = ["classifier.weight", "classifier.out_proj.weight"].contains(name)
            #expect(wrong?.code == (isHead ? .badConfiguration : .wrongTensor))
            #expect(wrong?.field == (isHead ? "id2label" : name))
            let narrow = try error(family) { files in
                files.tensors[name]!.shape[tensor.shape.count - 1] += 1
                files.tensors[name]!.elements = [Float](
                    repeating: 0, count: files.tensors[name]!.shape.reduce(1, *))
            }
            #expect(narrow?.code == .wrongTensor)
            #expect(narrow?.field == name)
        }
    }

    @Test(arguments: ClassifierFiles.families) func everyTruncationIsFound(family: String) throws {
        let weights = try ClassifierFiles(family).safetensors()
        for count in Array(0..<20) + stride(from: 20, to: weights.count, by: 7331) + [weights.count - 1] {
            let error = try error(family, weights: Array(weights[..<count]))
            #expect(error?.code == .badTensorFile, "\(count) bytes")
        }
    }
}
