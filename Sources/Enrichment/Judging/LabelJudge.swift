import Catalog
import Classification
import Evaluation

/// Judges a label model on works that it has not seen.
public struct LabelJudge {
    let inputs: LabelInputs
    let model: LabelModel
    /// The title and description of works, for the baseline that counts words.
    let text: (Int) -> String
    let lexicon: WordCues
    /// Works that no model has learned from.
    let heldOut: [Int]
    /// What is drawn for each interval.
    static let samples = 1_000

    /// - Parameter lexicon: words by label code, YAML: a baseline that counts them.
    public init(
        inputs: LabelInputs, model: LabelModel, heldOut: Set<Int>, lexicon: String, text: @escaping (Int) -> String
    ) throws {
        self.inputs = inputs
        self.model = model
        self.heldOut = heldOut.sorted()
        self.lexicon = try WordCues(yaml: lexicon)
        self.text = text
    }

    /// What the model may look at beside the text.
    struct Sources: OptionSet {
        let rawValue: Int
        static let catalogue = Sources(rawValue: 1)
        static let shelves = Sources(rawValue: 2)
    }

    /// Logits of works, by row, with nothing but the text and these sources.
    func logits(_ rows: [Int], _ sources: Sources = []) -> [Int: [Float]] {
        var narrowed = inputs
        for row in rows {
            if !sources.contains(.catalogue) { narrowed.catalogue[row] = Filing() }
            if !sources.contains(.shelves) { narrowed.shelves[row] = nil }
        }
        let width = BookLabel.all.count
        let raw = model.heads.logits(of: narrowed.features(of: rows))
        return Dictionary(
            uniqueKeysWithValues: rows.enumerated().map { place, row in
                let said = model.saidLogits(of: row, in: narrowed)
                return (row, (0..<width).map { raw[place * width + $0] + said[$0] })
            })
    }

    func probability(_ logit: Float) -> Double { Double(LabelScore.probability(LabelScore.byte(logit: logit))) }

    /// How many of the lexicon's words for each label are in each work's text.
    func counts(_ rows: [Int]) -> [Int: [String: Int]] {
        Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (row, lexicon.find(in: text(row)).reduce(into: [:]) { $0[$1, default: 0] += 1 })
            })
    }

    func areaUnderROC(_ scores: [Double], _ labels: [Bool]) -> EvaluationReport.Cell? {
        EvaluationReport.Cell(
            Bootstrap.estimate(examples: labels.count, samples: Self.samples) { draw in
                RankStatistics.areaUnderROC(scores: draw.map { scores[$0] }, labels: draw.map { labels[$0] })
            })
    }

    func mean(_ values: [Double]) -> EvaluationReport.Cell? {
        EvaluationReport.Cell(
            Bootstrap.estimate(examples: values.count, samples: Self.samples) { draw in
                draw.isEmpty ? nil : draw.reduce(0) { $0 + values[$1] } / Double(draw.count)
            })
    }
}

/// Labels of works by row.
struct LabelTruth {
    private var values: [BookLabel: [Int: Float]] = [:]
    private var auxiliary: [String: [Int: Float]] = [:]

    init(_ opinions: [LabelExamples.Opinion]) {
        for opinion in opinions {
            switch opinion.label {
            case .book(let label): values[label, default: [:]][opinion.row] = opinion.value
            case .auxiliary(let code): auxiliary[code, default: [:]][opinion.row] = opinion.value
            }
        }
    }

    /// Rising.
    func rows(_ label: BookLabel) -> [Int] { (values[label] ?? [:]).keys.sorted() }
    func value(_ label: BookLabel, _ row: Int) -> Float? { values[label]?[row] }
    func auxiliary(_ code: String) -> [Int: Float] { auxiliary[code] ?? [:] }
}
