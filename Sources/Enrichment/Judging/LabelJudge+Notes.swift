import Catalog
import Evaluation

extension LabelJudge {
    /// Content notes as persons give them: what is said of a book, and what a reader who avoids it is spared.
    func judgeNotes(persons: LabelTruth) -> EvaluationReport.Table {
        var table = EvaluationReport.Table(
            title: "Content notes, against persons",
            columns: [
                "AUC", "said: recall", "said: precision", "avoided: recall", "avoided: precision", "words: recall",
            ],
            rows: [])
        let rows = persons.rows(.contentNote(.war))
        let logits = logits(rows)
        var all: [(isThere: Bool, said: Bool, avoided: Bool, worded: Bool)] = []
        for note in ContentNote.allCases {
            let label = BookLabel.contentNote(note)
            let judged = rows.map { row in
                let probability = probability(logits[row]![label.column])
                return (
                    isThere: (persons.value(label, row) ?? 0) > 0.5,
                    said: probability >= Double(model.thresholds[label.column]),
                    avoided: probability >= Double(model.caution), worded: inputs.cues[row].counts[note] != nil
                )
            }
            all += judged
            table.rows.append(
                .init(
                    name: note.rawValue, examples: judged.count(where: \.isThere),
                    cells: [areaUnderROC(rows.map { Double(logits[$0]![label.column]) }, judged.map(\.isThere))]
                        + Self.shares(judged)))
        }
        table.rows.append(
            .init(
                name: "all together", examples: all.count(where: \.isThere),
                cells: [nil] + Self.shares(all)))
        return table
    }

    private static func shares(
        _ judged: [(isThere: Bool, said: Bool, avoided: Bool, worded: Bool)]
    ) -> [EvaluationReport.Cell?] {
        typealias Judged = (isThere: Bool, said: Bool, avoided: Bool, worded: Bool)
        func share(_ part: (Judged) -> Bool, of whole: (Judged) -> Bool) -> EvaluationReport.Cell? {
            EvaluationReport.Cell(
                Bootstrap.estimate(examples: judged.count, samples: samples) { draw in
                    let among = draw.filter { whole(judged[$0]) }
                    return among.isEmpty ? nil : Double(among.count { part(judged[$0]) }) / Double(among.count)
                })
        }
        return [
            share(\.said, of: \.isThere), share(\.isThere, of: \.said), share(\.avoided, of: \.isThere),
            share(\.isThere, of: \.avoided), share(\.worded, of: \.isThere),
        ]
    }

    /// Whether probabilities mean what they say.
    func calibration(persons: LabelTruth, emotions: LabelTruth) -> [EvaluationReport.Calibration] {
        func curve(
            _ name: String, _ labels: [BookLabel], _ truth: LabelTruth, _ sources: Sources, among rows: Set<Int>?,
            isThere: (Float) -> Bool
        ) -> EvaluationReport.Calibration {
            var (probabilities, seen) = ([Double](), [Bool]())
            for label in labels {
                let own = truth.rows(label).filter { rows?.contains($0) ?? true }
                let logits = logits(own, sources)
                probabilities += own.map { probability(logits[$0]![label.column]) }
                seen += own.map { isThere(truth.value(label, $0) ?? 0) }
            }
            return .init(name, probabilities: probabilities, labels: seen)
        }
        let held = Set(heldOut)
        return [
            curve("fiction", [.fiction], persons, [.catalogue, .shelves], among: nil) { $0 > 0.5 },
            curve(
                "content notes", ContentNote.allCases.map(BookLabel.contentNote), persons, [], among: nil
            ) { $0 > 0.5 },
            curve("moods as a main colour", Mood.allCases.map(BookLabel.mood), persons, [], among: nil) { $0 > 0.5 },
            curve("moods as noticeable", Mood.allCases.map(BookLabel.mood), persons, [], among: nil) { $0 > 0 },
            curve("pace", Pace.allCases.map(BookLabel.pace), persons, [], among: nil) { $0 > 0.5 },
            curve("emotions", Emotion.allCases.map(BookLabel.emotion), emotions, [], among: held) { $0 > 0.5 },
        ]
    }

    /// All of it.
    public func report(
        persons: [LabelExamples.Opinion], emotions: [LabelExamples.Opinion]
    ) -> EvaluationReport {
        let (persons, emotions) = (LabelTruth(persons), LabelTruth(emotions))
        return EvaluationReport(
            tables: [
                judgeFiction(persons: persons), judgeGenres(), judgeMoods(persons: persons), judgeEmotions(emotions),
                judgeFeelings(emotions), judgePace(persons: persons), judgeNotes(persons: persons),
            ], calibration: calibration(persons: persons, emotions: emotions))
    }
}
