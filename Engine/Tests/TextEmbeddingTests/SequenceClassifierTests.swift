import EngineTestSupport
import Foundation
import Kernels
import Synchronization
import Testing
import TextEmbedding

/// Against logits computed in NumPy, in double precision; see
/// make_classifiers.py, which compares those with `transformers`.
@Suite("Sequence classifiers")
struct SequenceClassifierTests {
    struct Golden: Decodable {
        var model: String
        var text: String
        var ids: [Int32]
        var logits: [Float]
    }

    static func goldens(_ family: String) throws -> [Golden] {
        try GoldenFile.lines(of: "Classifiers/logits.jsonl", as: Golden.self).filter { $0.model == family }
    }

    @Test(arguments: KernelLevel.supported, ClassifierFiles.families)
    func everyTextHasItsLogits(level: KernelLevel, family: String) throws {
        let classifier = try SequenceClassifier(
            directory: ClassifierFiles.folder(family), kernels: Kernels(level: level))
        let goldens = try Self.goldens(family)
        #expect(goldens.count >= 70)
        #expect(goldens.contains { $0.ids.count == 64 } && goldens.contains { $0.ids.count == 2 })
        for golden in goldens {
            #expect(classifier.tokenCount(golden.text) == golden.ids.count, "\(golden.text.debugDescription)")
            let logits = classifier.logits(of: golden.text)
            try #require(logits.count == golden.logits.count)
            #expect(
                zip(logits, golden.logits).allSatisfy { abs($0 - $1) < 1e-4 },
                "\(golden.text.debugDescription): \(logits), not \(golden.logits)")
        }
    }

    @Test func filesSayWhatTheLabelsAre() throws {
        let expected = [
            ("bert", ["tense", "warm", "dark", "funny"], true), ("roberta", ["anger", "joy", "neutral"], false),
            // As `transformers` calls them where the file does not.
            ("distilbert", ["LABEL_0", "LABEL_1"], false),
        ]
        for (family, labels, many) in expected {
            let classifier = try SequenceClassifier(directory: ClassifierFiles.folder(family))
            #expect(classifier.labels == labels)
            #expect(classifier.allowsManyLabels == many)
            #expect(classifier.maximumTokens == 64)
            #expect(classifier.encoderConfiguration.hiddenSize == 32)
        }
    }

    @Test(arguments: ClassifierFiles.families) func probabilitiesFollowFromLogits(family: String) throws {
        let classifier = try SequenceClassifier(directory: ClassifierFiles.folder(family))
        for golden in try Self.goldens(family) {
            let logits = golden.logits.map(Double.init)
            let sum = logits.reduce(0) { $0 + exp($1) }
            let expected = logits.map { family == "bert" ? 1 / (1 + exp(-$0)) : exp($0) / sum }
            let found = classifier.probabilities(of: golden.text)
            #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-4 })
            if family != "bert" { #expect(abs(found.reduce(0, +) - 1) < 1e-6) }
        }
    }

    @Test func aSingleLabelIsThereOrNot() throws {
        var files = try ClassifierFiles("distilbert")
        files.config["id2label"] = ["0": "spoiler"]
        files.cut("classifier.weight", to: 1)
        files.cut("classifier.bias", to: 1)
        let classifier = try files.classifier()
        #expect(classifier.allowsManyLabels)
        let logit = classifier.logits(of: "a")[0]
        #expect(abs(classifier.probabilities(of: "a")[0] - 1 / (1 + exp(-logit))) < 1e-6)
    }

    @Test(arguments: ClassifierFiles.families) func manyTextsEqualEachTextAlone(family: String) throws {
        let classifier = try SequenceClassifier(directory: ClassifierFiles.folder(family))
        let few = try Self.goldens(family).map(\.text)
        // More than one window.
        let texts = (0..<5000).map { few[$0 * $0 % few.count] }
        let alone = few.map { classifier.logits(of: $0) }
        for threads in [0, 1, 3] {
            let progress = Mutex<[Int]>([])
            let together = classifier.logits(of: texts, threads: threads) { count in
                progress.withLock { $0.append(count) }
            }
            #expect(together == texts.indices.flatMap { alone[$0 * $0 % few.count] }, "\(threads) threads")
            let counts = progress.withLock { $0 }
            #expect(counts.last == texts.count && counts == counts.sorted())
        }
        #expect(classifier.probabilities(of: few, threads: 2) == few.flatMap { classifier.probabilities(of: $0) })
        #expect(classifier.logits(of: [String]()).isEmpty)
        #expect(classifier.probabilities(of: [String]()).isEmpty)
    }

    @Test func aTighterLimitOfTheTokenizerCounts() throws {
        var files = try ClassifierFiles("roberta")
        files.tokenizer["model_max_length"] = 10
        #expect(try files.classifier().tokenCount(String(repeating: "word ", count: 50)) == 10)
        // What `transformers` writes for "none".
        files.tokenizer["model_max_length"] = 1e30
        #expect(try files.classifier().tokenCount(String(repeating: "word ", count: 50)) == 64)
        files.tokenizer["model_max_length"] = nil
        #expect(try files.classifier().tokenCount(String(repeating: "word ", count: 50)) == 64)
    }

    @Test(arguments: ClassifierFiles.families) func oneDamagedWeightCannotGetOut(family: String) throws {
        let whole = try ClassifierFiles(family)
        for name in whole.tensors.keys {
            for weight in [Float.nan, .infinity, 3e38] {
                var files = whole
                files.tensors[name]!.elements[0] = weight
                let classifier = try files.classifier()
                #expect(classifier.logits(of: "<s> a").allSatisfy { $0.isFinite }, "\(name)")
                #expect(classifier.probabilities(of: ["<s> a", ""]).allSatisfy { (0...1).contains($0) }, "\(name)")
            }
        }
    }
}
