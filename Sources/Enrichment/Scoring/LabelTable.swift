import Catalog
import Classification
import VectorIndex

/// What the label model says of works, and which sentence made it think so.
public struct LabelTable: Sendable, Hashable {
    /// [works, labels], each a `LabelScore`.
    public var scores: [UInt8]
    /// [works, labels]: the number of the sentence that speaks most for the label, or `noSentence`.
    public var evidence: [UInt8]

    public static let noSentence: UInt8 = 255
}

extension LabelModel {
    /// Labels every work. O((works + sentences) * labels * dimension).
    public func label(_ inputs: LabelInputs) -> LabelTable {
        let labels = BookLabel.all.count
        var table = LabelTable(scores: [], evidence: [])
        // A sentence speaks for a label through the description's part of the head, when it does so more than sentences
        // do on the average.
        let weights = (0..<labels).flatMap { heads.weights[$0 * heads.dimension..<$0 * heads.dimension + dimension] }
        let average = LinearHeads(
            weights: weights, biases: [Float](repeating: 0, count: labels), dimension: dimension
        ).logits(of: inputs.sentences.mean)
        let reading = LinearHeads(weights: weights, biases: average.map { -$0 }, dimension: dimension)
        for start in stride(from: 0, to: inputs.catalogue.count, by: 1_024) {
            let rows = start..<min(start + 1_024, inputs.catalogue.count)
            let logits = heads.logits(of: inputs.features(of: rows))
            let first = inputs.sentenceOffsets[rows.lowerBound]
            let spoken = reading.logits(
                of: (first..<inputs.sentenceOffsets[rows.upperBound]).flatMap(inputs.sentences.vector(at:)))
            for row in rows {
                let said = saidLogits(of: row, in: inputs)
                let own = inputs.sentenceOffsets[row]..<inputs.sentenceOffsets[row + 1]
                // A byte tells 255 sentences apart; no description that is read has more.
                let sentences = own.prefix(Int(LabelTable.noSentence))
                for label in 0..<labels {
                    table.scores.append(
                        LabelScore.byte(logit: logits[(row - start) * labels + label] + said[label]))
                    let strongest = sentences.max { a, b in
                        spoken[(a - first) * labels + label] < spoken[(b - first) * labels + label]
                    }
                    let speaks = strongest.map { spoken[($0 - first) * labels + label] > 0 } ?? false
                    var evidence = speaks ? strongest.map { $0 - own.lowerBound } : nil
                    // A sentence with the very word shows more than one that is like such sentences.
                    if case .contentNote(let note) = BookLabel.all[label] {
                        evidence = inputs.cues[row].sentences[note] ?? evidence
                    }
                    table.evidence.append(
                        evidence.flatMap { $0 < LabelTable.noSentence ? UInt8($0) : nil } ?? LabelTable.noSentence)
                }
            }
        }
        return table
    }
}
