import Catalog
import Evaluation

extension LabelJudge {
    /// Moods as persons see them.
    func judgeMoods(persons: LabelTruth) -> EvaluationReport.Table {
        var table = EvaluationReport.Table(
            title: "Moods, against persons",
            columns: ["AUC, noticeable", "AUC, main colour", "Spearman", "words: AUC"],
            rows: [])
        let rows = persons.rows(.mood(.hopeful))
        let (logits, counts) = (logits(rows), counts(rows))
        for mood in Mood.allCases.map(BookLabel.mood) {
            let scores = rows.map { Double(logits[$0]![mood.column]) }
            let values = rows.map { Double(persons.value(mood, $0) ?? 0) }
            let words = rows.map { Double(counts[$0]![mood.code] ?? 0) }
            table.rows.append(
                .init(
                    name: mood.name, examples: values.count { $0 > 0 },
                    cells: [
                        areaUnderROC(scores, values.map { $0 > 0 }), areaUnderROC(scores, values.map { $0 > 0.5 }),
                        .init(
                            Bootstrap.estimate(examples: rows.count, samples: Self.samples) { draw in
                                RankStatistics.spearman(draw.map { scores[$0] }, draw.map { values[$0] })
                            }), areaUnderROC(words, values.map { $0 > 0 }),
                    ]))
        }
        return table.withMean()
    }

    /// The seven emotions of works held out, against what a classifier of their descriptions found the most marked.
    func judgeEmotions(_ truth: LabelTruth) -> EvaluationReport.Table {
        var table = EvaluationReport.Table(
            title: "Emotions of works held out, one against the rest", columns: ["AUC", "words: AUC"], rows: [])
        let rows = heldOut.filter { truth.value(.emotion(.joy), $0) != nil }
        let (logits, counts) = (logits(rows), counts(rows))
        for emotion in Emotion.allCases.map(BookLabel.emotion) {
            let isThere = rows.map { (truth.value(emotion, $0) ?? 0) > 0.5 }
            table.rows.append(
                .init(
                    name: emotion.name, examples: isThere.count { $0 },
                    cells: [
                        areaUnderROC(rows.map { Double(logits[$0]![emotion.column]) }, isThere),
                        areaUnderROC(rows.map { Double(counts[$0]![emotion.code] ?? 0) }, isThere),
                    ]))
        }
        return table.withMean()
    }

    /// How moods and emotions go along with a classifier's 28 feelings, each ranked over the catalogue, on works held out.
    func judgeFeelings(_ truth: LabelTruth) -> EvaluationReport.Table {
        var table = EvaluationReport.Table(
            title: "Works held out, against ranks of a classifier's feelings",
            columns: ["Spearman", "AUC, highest tenth"], rows: [])
        let pairs: [(BookLabel, String)] = [
            (.emotion(.anger), "anger"), (.emotion(.disgust), "disgust"), (.emotion(.fear), "fear"),
            (.emotion(.joy), "joy"), (.emotion(.sadness), "sadness"), (.emotion(.surprise), "surprise"),
            (.mood(.funny), "amusement"), (.mood(.hopeful), "optimism"), (.mood(.sad), "grief"),
            (.mood(.romantic), "love"), (.mood(.scary), "fear"), (.mood(.tense), "nervousness"),
        ]
        for (label, feeling) in pairs {
            let ranks = truth.auxiliary("aux.\(feeling)")
            let rows = heldOut.filter { ranks[$0] != nil }
            let logits = logits(rows)
            let scores = rows.map { Double(logits[$0]![label.column]) }
            let values = rows.map { Double(ranks[$0] ?? 0) }
            table.rows.append(
                .init(
                    name: "\(label.code) and \(feeling)", examples: rows.count,
                    cells: [
                        .init(
                            Bootstrap.estimate(examples: rows.count, samples: Self.samples) { draw in
                                RankStatistics.spearman(draw.map { scores[$0] }, draw.map { values[$0] })
                            }), areaUnderROC(scores, values.map { $0 >= 0.9 }),
                    ]))
        }
        return table.withMean()
    }

    /// Pace, where a person can tell it.
    func judgePace(persons: LabelTruth) -> EvaluationReport.Table {
        var table = EvaluationReport.Table(title: "Pace, against persons", columns: ["AUC"], rows: [])
        let rows = persons.rows(.pace(.slow))
        let logits = logits(rows)
        for pace in Pace.allCases.map(BookLabel.pace) {
            let isThere = rows.map { (persons.value(pace, $0) ?? 0) > 0.5 }
            table.rows.append(
                .init(
                    name: pace.name, examples: isThere.count { $0 },
                    cells: [areaUnderROC(rows.map { Double(logits[$0]![pace.column]) }, isThere)]))
        }
        return table.withMean()
    }
}

extension EvaluationReport.Table {
    /// With a last row: the means of the columns.
    func withMean() -> EvaluationReport.Table {
        var table = self
        let cells = columns.indices.map { column -> EvaluationReport.Cell? in
            let values = rows.compactMap { $0.cells[column]?.value }
            return values.isEmpty ? nil : .init(values.reduce(0, +) / Double(values.count))
        }
        table.rows.append(.init(name: "mean", examples: rows.map(\.examples).reduce(0, +), cells: cells))
        return table
    }
}
