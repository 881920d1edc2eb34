import Catalog
import Classification
import Evaluation

extension LabelTrainer {
    /// The model that ships: heads fitted to all examples, calibrated and with thresholds from predictions of works that
    /// the heads had not seen.
    ///
    /// - Parameters:
    ///   - judged: rows whose labels a person gave. Each fifth of them is predicted by heads fitted without it.
    /// O(folds * steps * examples * labels * dimension).
    public func train(
        _ examples: LabelExamples, judged: [Int], provenance: LabelModel.Provenance,
        onProgress: (Int, Int) -> Void = { _, _ in }
    ) -> LabelModel {
        let folds = 5
        var generator = SeededGenerator(seed: provenance.seed)
        let shuffled = judged.shuffled(using: &generator)
        let persons = Dictionary(grouping: examples.opinions.filter { $0.weight == LabelExamples.Weight.person }) {
            $0.row
        }
        var predictions: [Prediction] = []
        for fold in 0..<folds {
            let held = Set(stride(from: fold, to: shuffled.count, by: folds).map { shuffled[$0] })
            var rest = LabelExamples()
            rest.opinions = examples.opinions.filter { !held.contains($0.row) }
            let heads = fit(rest)
            let rows = held.sorted()
            let logits = heads.logits(of: inputs.features(of: rows))
            for (place, row) in rows.enumerated() {
                for opinion in persons[row] ?? [] {
                    guard case .book(let label) = opinion.label else { continue }
                    predictions.append(
                        Prediction(
                            row: row, label: label, logit: logits[place * BookLabel.all.count + label.column],
                            value: opinion.value))
                }
            }
            onProgress(fold + 1, folds + 1)
        }
        var model = LabelModel(
            heads: fit(examples), thresholds: [Float](repeating: 0.5, count: BookLabel.all.count),
            provenance: provenance)
        onProgress(folds + 1, folds + 1)
        calibrate(&model, by: predictions)
        return model
    }

    /// What heads say of a label of a work that they did not see, and what a person says.
    struct Prediction {
        var row: Int
        var label: BookLabel
        var logit: Float
        var value: Float
    }

    /// Moves logits to what persons say, by a straight line for each label (Platt, "Probabilistic outputs for support
    /// vector machines", 1999), which stays near the identity where few works have it. Genres share a line, and with it
    /// what a filing is worth; so do content notes, with what a cue is worth.
    private func calibrate(_ model: inout LabelModel, by predictions: [Prediction]) {
        var slopes = [Float](repeating: 1, count: BookLabel.all.count)
        var shifts = [Float](repeating: 0, count: BookLabel.all.count)
        let byLabel = Dictionary(grouping: predictions, by: \.label)

        let genres = predictions.filter { if case .genre = $0.label { true } else { false } }
        let (line, weights) = filingWeights(genres)
        model.genreFiling = weights
        for genre in Genre.allCases {
            (slopes[BookLabel.genre(genre).column], shifts[BookLabel.genre(genre).column]) = line
        }
        let (fictionLine, fictionWeights) = filingWeights(byLabel[.fiction] ?? [])
        model.fictionFiling = fictionWeights
        (slopes[BookLabel.fiction.column], shifts[BookLabel.fiction.column]) = fictionLine
        let notes = predictions.filter { if case .contentNote = $0.label { true } else { false } }
        let (noteLine, cues) = cueWeights(notes)
        model.cues = cues
        for note in ContentNote.allCases {
            (slopes[BookLabel.contentNote(note).column], shifts[BookLabel.contentNote(note).column]) = noteLine
        }
        for label in Family.reading.labels {
            if case .contentNote = label { continue }
            guard let own = byLabel[label] else { continue }
            let heads = LogisticRegression(regularization: 2 / Float(own.count)).fit(
                features: own.map(\.logit), dimension: 1, targets: own.map(\.value),
                weights: own.map { _ in 1 }, labels: 1, prior: LinearHeads(weights: [1], biases: [0], dimension: 1))
            (slopes[label.column], shifts[label.column]) = (heads.weights[0], heads.biases[0])
        }
        model.heads = model.heads.rescaled(slopes: slopes, shifts: shifts)

        let calibrated = model
        func scored(_ predictions: [Prediction]) -> [Scored] {
            predictions.map { prediction in
                let column = prediction.label.column
                let logit =
                    slopes[column] * prediction.logit + shifts[column]
                    + calibrated.saidLogits(of: prediction.row, in: inputs)[column]
                return (LabelScore.probability(LabelScore.byte(logit: logit)), prediction.value > 0)
            }
        }
        // Some notes are too rare to choose by, so all have the same threshold. To miss one is worse than to name one
        // too many: recall counts twice.
        let scoredNotes = scored(notes)
        let noteThreshold = Self.threshold(scoredNotes, beta: 2)
        model.caution = Self.caution(scoredNotes)
        for label in BookLabel.all {
            switch label {
            case .fiction: model.thresholds[label.column] = Self.fictionThreshold
            case .contentNote: model.thresholds[label.column] = noteThreshold
            case .genre, .mood, .pace, .emotion:
                let own = byLabel[label] ?? []
                // With few works that have it there is nothing to choose by.
                model.thresholds[label.column] =
                    own.count { $0.value > 0 } < 8 ? 0.35 : Self.threshold(scored(own), beta: 1)
            }
        }
    }

    private typealias Line = (slope: Float, shift: Float)

    private func filingWeights(_ predictions: [Prediction]) -> (Line, LabelModel.FilingWeights) {
        guard !predictions.isEmpty else { return ((1, 0), .init()) }
        var features: [Float] = []
        for prediction in predictions {
            func flags(_ filing: Filing?) -> [Float] {
                let isNamed: Bool?
                if case .genre(let genre) = prediction.label {
                    isNamed = filing.flatMap { $0.genres.isEmpty ? nil : $0.genres.contains(genre) }
                } else {
                    isNamed = filing?.isFiction
                }
                return [isNamed == true ? 1 : 0, isNamed == false ? 1 : 0]
            }
            features += [prediction.logit] + flags(inputs.catalogue[prediction.row])
            features += flags(inputs.shelves[prediction.row])
        }
        let heads = LogisticRegression(regularization: 2 / Float(predictions.count), steps: 2_000).fit(
            features: features, dimension: 5, targets: predictions.map(\.value),
            weights: predictions.map { _ in 1 }, labels: 1,
            prior: LinearHeads(weights: [1, 0, 0, 0, 0], biases: [0], dimension: 5))
        let weights = heads.weights
        return (
            (weights[0], heads.biases[0]),
            .init(named: weights[1], notNamed: weights[2], shelved: weights[3], notShelved: weights[4])
        )
    }

    private func cueWeights(_ predictions: [Prediction]) -> (Line, LabelModel.CueWeights) {
        guard !predictions.isEmpty else { return ((1, 0), .init()) }
        let features = predictions.flatMap { prediction -> [Float] in
            guard case .contentNote(let note) = prediction.label else { return [prediction.logit, 0, 0] }
            let count = inputs.cues[prediction.row].counts[note] ?? 0
            return [prediction.logit, count > 0 ? 1 : 0, Float(count)]
        }
        let heads = LogisticRegression(regularization: 2 / Float(predictions.count), steps: 2_000).fit(
            features: features, dimension: 3, targets: predictions.map(\.value),
            weights: predictions.map { _ in 1 }, labels: 1,
            prior: LinearHeads(weights: [1, 0, 0], biases: [0], dimension: 3))
        return ((heads.weights[0], heads.biases[0]), .init(any: heads.weights[1], each: heads.weights[2]))
    }

    /// Between it and its mirror image, 0.35, it is not known whether a book is fiction.
    private static let fictionThreshold: Float = 0.65

    /// The probability that six of seven of those have that there are.
    private static func caution(_ scored: [Scored]) -> Float {
        let there = scored.filter(\.isThere).map(\.probability).sorted()
        return there.isEmpty ? 0.5 : there[there.count / 7]
    }

    private typealias Scored = (probability: Float, isThere: Bool)

    /// The threshold of the best F-beta: recall counts beta times as much as precision (van Rijsbergen, "Information
    /// Retrieval", 1979). O(n).
    private static func threshold(_ scored: [Scored], beta: Float) -> Float {
        let there = Float(scored.count(where: \.isThere))
        func score(_ threshold: Float) -> Float {
            let given = Float(scored.count { $0.probability >= threshold })
            let right = Float(scored.count { $0.isThere && $0.probability >= threshold })
            return (1 + beta * beta) * right / max(1, given + beta * beta * there)
        }
        return stride(from: Float(0.04), through: 0.6, by: 0.02).max { score($0) < score($1) } ?? 0.35
    }
}
