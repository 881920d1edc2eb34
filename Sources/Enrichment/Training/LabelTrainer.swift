import Catalog
import Classification

/// Fits label models to what is known.
public struct LabelTrainer: Sendable {
    /// λ of each family of labels, with none of them known before. Chosen on the training works alone.
    static let filingRegularization: Float = 1e-4
    static let readingRegularization: Float = 8e-4
    static let emotionRegularization: Float = 3e-4
    /// How much a step from the heads before costs, when there are some.
    static let refitRegularization: Float = 3e-3
    /// How many works hold a model to what it knows.
    static let mostAnchors = 4_000
    /// How much less a name is trusted than a description where there are few examples.
    static let nameScale: Float = 0.5
    /// How the logits of auxiliary labels are scaled when emotions learn from them.
    static let auxiliaryScale: Float = 0.3

    let inputs: LabelInputs
    var dimension: Int { inputs.dimension }

    public init(inputs: LabelInputs) {
        self.inputs = inputs
    }

    /// Heads from nothing: for the model that ships. Not calibrated. O(steps * examples * labels * dimension).
    func fit(_ examples: LabelExamples) -> LinearHeads {
        var heads = LinearHeads(labels: BookLabel.all.count, dimension: 2 * dimension)
        for family in Family.allCases where family != .emotion {
            let labels = family.labels
            var table = table(of: examples, labels.map(LabelExamples.Label.book))
            let scale = family == .reading ? Self.nameScale : 1
            table.scaleNames(by: scale)
            heads = heads.replacing(
                labels,
                by: LogisticRegression(regularization: family.regularization, steps: 400).fit(table)
                    .scalingNames(by: scale))
        }
        return heads.replacing(Family.emotion.labels, by: emotions(examples))
    }

    /// Emotions learn from their own labels and from auxiliary ones: the logits of those, which are linear in the
    /// features too, are features beside them, so that the directions in which feelings differ cost little.
    private func emotions(_ examples: LabelExamples) -> LinearHeads {
        let labels = Family.emotion.labels.map(LabelExamples.Label.book)
        let auxiliary = Set(examples.opinions.map(\.label)).filter { label in
            if case .auxiliary = label { true } else { false }
        }.sorted { "\($0)" < "\($1)" }
        var table = table(of: examples, labels)
        table.scaleNames(by: Self.nameScale)
        let regression = LogisticRegression(regularization: Self.emotionRegularization, steps: 400)
        guard !auxiliary.isEmpty else { return regression.fit(table).scalingNames(by: Self.nameScale) }
        var auxiliaryTable = self.table(of: examples, auxiliary)
        auxiliaryTable.scaleNames(by: Self.nameScale)
        let helpers = LogisticRegression(regularization: 1e-3, steps: 400)
            .fit(auxiliaryTable).standardized(
                over: table.features, to: Self.auxiliaryScale)
        table.features = helpers.appendingLogits(to: table.features)
        table.dimension += helpers.labels
        return regression.fit(table).folding(helpers).scalingNames(by: Self.nameScale)
    }

    /// The heads of `model` moved towards these examples: for a library's own genres and readers' corrections.
    ///
    /// Where they say nothing, what was known stays: the model's own probabilities of the works here count as examples too
    /// (Li and Hoiem, "Learning without forgetting", 2016). Otherwise a single reader who finds one book scary would make
    /// every book so, for want of one that is not. O(steps * examples * labels * dimension).
    public func refit(_ model: LabelModel, to examples: LabelExamples) -> LabelModel {
        let spoken = Set(examples.opinions.map(\.label))
        var all = examples
        all.opinions += anchors(of: model, for: BookLabel.all.filter { spoken.contains(.book($0)) })
        var model = model
        for family in Family.allCases {
            let labels = family.labels
            guard labels.contains(where: { spoken.contains(.book($0)) }) else { continue }
            var table = table(of: all, labels.map(LabelExamples.Label.book))
            table.prior = model.heads.selecting(labels)
            model.heads = model.heads.replacing(
                labels, by: LogisticRegression(regularization: Self.refitRegularization, steps: 60).fit(table))
        }
        return model
    }

    /// What the model thinks of works already, for labels of which it knows anything.
    private func anchors(of model: LabelModel, for labels: [BookLabel]) -> [LabelExamples.Opinion] {
        let known = labels.filter { label in
            model.heads.selecting([label]).weights.contains { $0 != 0 }
        }
        guard !known.isEmpty else { return [] }
        let works = inputs.catalogue.count
        let rows = Array(stride(from: 0, to: works, by: 1 + works / Self.mostAnchors))
        let logits = model.heads.selecting(known).logits(of: inputs.features(of: rows))
        return rows.enumerated().flatMap { place, row in
            known.enumerated().map { at, label in
                .init(
                    row: row, label: .book(label),
                    value: LabelScore.probability(logit: logits[place * known.count + at]),
                    weight: LabelExamples.Weight.named)
            }
        }
    }

    enum Family: CaseIterable {
        case filing, reading, emotion

        var labels: [BookLabel] {
            BookLabel.all.filter { label in
                switch label {
                case .fiction, .genre: self == .filing
                case .mood, .pace, .contentNote: self == .reading
                case .emotion: self == .emotion
                }
            }
        }

        var regularization: Float {
            switch self {
            case .filing: filingRegularization
            case .reading: readingRegularization
            case .emotion: emotionRegularization
            }
        }
    }

    /// Examples as a regression takes them.
    struct Table {
        var features: [Float]
        var dimension: Int
        var targets: [Float]
        var weights: [Float]
        var labels: Int
        var prior: LinearHeads?

        /// The second half of each row.
        mutating func scaleNames(by scale: Float) {
            for at in features.indices where at % dimension >= dimension / 2 { features[at] *= scale }
        }
    }

    /// The works of which any of these labels is known. Where several sources speak of one, their weighted mean counts.
    private func table(of examples: LabelExamples, _ labels: [LabelExamples.Label]) -> Table {
        let column = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
        var rows: [Int] = []
        var place: [Int: Int] = [:]
        var (sums, weights) = ([Float](), [Float]())
        for opinion in examples.opinions {
            guard let label = column[opinion.label] else { continue }
            let at = place[opinion.row] ?? rows.count
            if at == rows.count {
                place[opinion.row] = at
                rows.append(opinion.row)
                sums += [Float](repeating: 0, count: labels.count)
                weights += [Float](repeating: 0, count: labels.count)
            }
            sums[at * labels.count + label] += opinion.weight * opinion.value
            weights[at * labels.count + label] += opinion.weight
        }
        return Table(
            features: inputs.features(of: rows), dimension: 2 * dimension,
            targets: zip(sums, weights).map { $1 > 0 ? $0 / $1 : 0 }, weights: weights, labels: labels.count)
    }
}

extension LinearHeads {
    /// Heads over names as they are, of heads over names that were `scale` times as long.
    fileprivate func scalingNames(by scale: Float) -> LinearHeads {
        LinearHeads(
            weights: weights.enumerated().map { $0 % dimension >= dimension / 2 ? $1 * scale : $1 }, biases: biases,
            dimension: dimension)
    }
}

extension LogisticRegression {
    fileprivate func fit(_ table: LabelTrainer.Table) -> LinearHeads {
        fit(
            features: table.features, dimension: table.dimension, targets: table.targets, weights: table.weights,
            labels: table.labels, prior: table.prior)
    }
}
