import Artifacts
import Catalog
import Enrichment
public import Foundation
import TextEmbedding

/// A heavier model of emotions that a user names: any BERT, RoBERTa or DistilBERT sequence classifier in `safetensors` some of
/// whose labels are `Emotion`s, such as the reference's distilroberta. What it says takes the place of the label model's.
public struct EmotionModel: Sendable {
    /// Why a classifier is of no use here.
    public struct UnsuitableError: Error, Sendable, CustomStringConvertible {
        let path: String
        let labels: [String]

        public var description: String {
            "The classifier in \(path) tells \(labels.joined(separator: ", ")): none of these is an emotion that is known "
                + "here (\(Emotion.allCases.map(\.rawValue).joined(separator: ", "))). Name another one."
        }
    }

    private let classifier: SequenceClassifier
    /// The places of the emotions among the classifier's labels.
    private let places: [(emotion: Emotion, place: Int)]
    /// SHA-256 of the weights.
    let digest: String

    /// - Throws: `TextEmbeddingError`, `UnsuitableError`.
    public init(directory: URL) throws {
        let classifier = try SequenceClassifier(directory: directory)
        let named = classifier.labels.map { Emotion(rawValue: $0.lowercased()) }
        places = zip(named, named.indices).compactMap { emotion, place in emotion.map { ($0, place) } }
        guard !places.isEmpty else {
            throw UnsuitableError(path: directory.path, labels: classifier.labels)
        }
        self.classifier = classifier
        digest = try FileDigest(ofFileAt: directory.appending(path: "model.safetensors")).sha256
    }

    /// Puts the mean of the probabilities over a description's sentences in place of what the table says of emotions. Works
    /// without a description keep that. O(tokens * weights).
    func relabel(_ table: inout LabelTable, of works: [Work]) {
        let sentences = works.map { Sentences.split($0.description ?? "").map(String.init) }
        let said = classifier.probabilities(of: sentences.flatMap { $0 })
        let width = classifier.labels.count
        var first = 0
        for (row, own) in sentences.enumerated() where !own.isEmpty {
            for (emotion, place) in places {
                let sum = own.indices.reduce(Float(0)) { $0 + said[(first + $1) * width + place] }
                let probability = min(max(sum / Float(own.count), 1e-4), 1 - 1e-4)
                table.scores[row * BookLabel.all.count + BookLabel.emotion(emotion).column] = LabelScore.byte(
                    logit: log(probability / (1 - probability)))
            }
            first += own.count
        }
    }
}
