import Catalog
import Classification
public import Foundation

/// A label model that cannot be read.
public struct LabelModelError: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let reason: String

    public init(file: String, reason: String) {
        self.file = file
        self.reason = reason
    }

    public var description: String {
        "\(file): \(reason). Train a new one with `bookrec train --force`, or update bookrec."
    }
}

/// One JSON document. Weights are bytes, each row with a scale of its own, in base64.
extension LabelModel {
    /// The model that is compiled in, fitted as `docs/label-model.md` says.
    /// - Throws: `LabelModelError` when it does not fit this program, which the tests exclude.
    public static func shipped() throws -> LabelModel {
        try LabelModel(json: Data(PackageResources.label_model_json), file: "label-model.json")
    }

    private struct Document: Codable {
        struct Label: Codable {
            var code: String
            var scale: Float
            var bias: Float
            var threshold: Float
        }
        var format: Int
        var provenance: Provenance
        var genreFiling: FilingWeights
        var fictionFiling: FilingWeights
        var cues: CueWeights
        var caution: Float
        var dimension: Int
        var labels: [Label]
        /// [labels, 2 * dimension] signed bytes.
        var weights: Data
    }

    private static let format = 1

    /// - Throws: `LabelModelError`. O(weights).
    public init(json: Data, file: String) throws {
        func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
            guard condition else { throw LabelModelError(file: file, reason: reason()) }
        }
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: json)
        } catch {
            throw LabelModelError(file: file, reason: "it is no label model (\(error))")
        }
        try require(document.format == Self.format, "its format is \(document.format), not \(Self.format)")
        let codes = document.labels.map(\.code)
        try require(codes == BookLabel.all.map(\.code), "its labels are not those of this program")
        let columns = 2 * document.dimension
        try require(
            document.dimension > 0 && document.weights.count == codes.count * columns,
            "`weights` has \(document.weights.count) bytes for \(codes.count) labels of \(columns)")
        let scales = document.labels.map(\.scale)
        try require(
            document.labels.allSatisfy { $0.scale.isFinite && $0.bias.isFinite && $0.threshold.isFinite },
            "a label's `scale`, `bias` or `threshold` is no number")
        let weights = document.weights.enumerated().map { at, byte in
            Float(Int8(bitPattern: byte)) * scales[at / columns]
        }
        self.init(
            heads: LinearHeads(weights: weights, biases: document.labels.map(\.bias), dimension: columns),
            thresholds: document.labels.map(\.threshold), caution: document.caution,
            genreFiling: document.genreFiling,
            fictionFiling: document.fictionFiling, cues: document.cues, provenance: document.provenance)
    }

    /// The same model gives the same bytes. O(weights).
    public func json() throws -> Data {
        let columns = heads.dimension
        var bytes = Data(capacity: heads.weights.count)
        var labels: [Document.Label] = []
        for (row, label) in BookLabel.all.enumerated() {
            let weights = heads.weights[row * columns..<(row + 1) * columns]
            let scale = (weights.map(abs).max() ?? 0) / 127
            bytes.append(
                contentsOf: weights.map { UInt8(bitPattern: Int8(scale > 0 ? ($0 / scale).rounded() : 0)) })
            labels.append(
                .init(code: label.code, scale: scale, bias: heads.biases[row], threshold: thresholds[row]))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(
            Document(
                format: Self.format, provenance: provenance, genreFiling: genreFiling, fictionFiling: fictionFiling,
                cues: cues, caution: caution, dimension: dimension, labels: labels, weights: bytes))
    }
}
