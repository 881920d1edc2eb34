import Catalog
import Evaluation
import VectorIndex

extension LabelJudge {
    /// Fiction or not: against what catalogues state of works held out, and against what persons say.
    func judgeFiction(persons: LabelTruth) -> EvaluationReport.Table {
        var table = EvaluationReport.Table(
            title: "Fiction or non-fiction: accuracy", columns: ["accuracy", "larger class alone", "where it is sure"],
            rows: [])
        func add(_ name: String, _ truth: [(row: Int, isFiction: Bool)], _ sources: Sources) {
            let rows = truth.map(\.row)
            let logits = logits(rows, sources)
            let column = BookLabel.fiction.column
            func isRight(_ row: Int, _ isFiction: Bool) -> Double { (logits[row]![column] > 0) == isFiction ? 1 : 0 }
            let share = Double(truth.count(where: \.isFiction)) / Double(max(1, truth.count))
            let threshold = Double(model.thresholds[column])
            let sure = truth.filter { abs(probability(logits[$0.row]![column]) - 0.5) >= threshold - 0.5 }
            table.rows.append(
                .init(
                    name: name, examples: truth.count,
                    cells: [
                        mean(truth.map { isRight($0.row, $0.isFiction) }), .init(max(share, 1 - share)),
                        mean(sure.map { isRight($0.row, $0.isFiction) }),
                    ]))
        }
        let stated = heldOut.compactMap { row in inputs.catalogue[row].isFiction.map { (row, $0) } }
        let described = stated.filter { inputs.descriptions.vector(at: $0.0).contains { $0 != 0 } }
        let judged = persons.rows(.fiction).map { ($0, (persons.value(.fiction, $0) ?? 0) > 0.5) }
        add("text alone, against the catalogue", stated, [])
        add("text and shelves, against the catalogue", described.filter { inputs.shelves[$0.0] != nil }, [.shelves])
        add("text alone, against persons", judged, [])
        add("all that is known (as served), against persons", judged, [.catalogue, .shelves])
        add(
            "as served, against persons, where the catalogue states it",
            judged.filter { inputs.catalogue[$0.0].isFiction != nil }, [.catalogue, .shelves])
        return table
    }

    /// Genres of works held out, against one source that the model does not see then.
    func judgeGenres() -> EvaluationReport.Table {
        var table = EvaluationReport.Table(
            title: "Genres of works held out: F1",
            columns: ["micro", "macro", "recall", "words: micro", "commonest genre: micro"],
            rows: [])
        func add(_ name: String, _ truth: [(row: Int, genres: Set<Genre>)], _ sources: Sources) {
            guard !truth.isEmpty else { return }
            let rows = truth.map(\.row)
            let (logits, counts) = (logits(rows, sources), counts(rows))
            let there = truth.map { Set($0.genres.map { BookLabel.genre($0).column }) }
            let given = rows.map { row in
                Set(
                    Genre.allCases.map { BookLabel.genre($0).column }.filter {
                        probability(logits[row]![$0]) >= Double(model.thresholds[$0])
                    })
            }
            let worded = rows.map { row in
                Set(Genre.allCases.map(BookLabel.genre).filter { counts[row]![$0.code] != nil }.map(\.column))
            }
            let commonest = Dictionary(grouping: there.joined()) { $0 }.max { $0.value.count < $1.value.count }?.key
            let constant = rows.map { _ in Set([commonest ?? 0]) }
            func f1(_ given: [Set<Int>], _ figure: KeyPath<MultiLabelCounts, Double?>) -> EvaluationReport.Cell? {
                EvaluationReport.Cell(
                    Bootstrap.estimate(examples: rows.count, samples: Self.samples) { draw in
                        var counts = MultiLabelCounts(labels: BookLabel.all.count)
                        for place in draw { counts.add(given: given[place], there: there[place]) }
                        return counts[keyPath: figure]
                    })
            }
            let recall = EvaluationReport.Cell(
                Bootstrap.estimate(examples: rows.count, samples: Self.samples) { draw in
                    let named = draw.reduce(0) { $0 + there[$1].count }
                    let found = draw.reduce(0) { $0 + there[$1].intersection(given[$1]).count }
                    return named == 0 ? nil : Double(found) / Double(named)
                })
            table.rows.append(
                .init(
                    name: name, examples: rows.count,
                    cells: [
                        f1(given, \.microF1), f1(given, \.macroF1), recall, f1(worded, \.microF1),
                        f1(constant, \.microF1),
                    ]))
        }
        let filed = heldOut.map { (row: $0, genres: inputs.catalogue[$0].genres) }.filter { !$0.genres.isEmpty }
        let shelved = heldOut.compactMap { row in
            inputs.shelves[row].map { (row: row, genres: $0.genres) }
        }.filter { !$0.genres.isEmpty }
        let both = shelved.filter { inputs.catalogue[$0.row] != Filing() }
        add("text alone, against the catalogue's categories", filed, [])
        add(
            "text and shelves, against the catalogue's categories", filed.filter { inputs.shelves[$0.row] != nil },
            [.shelves])
        add("text alone, against readers' shelves", both, [])
        add("text and categories, against readers' shelves", both, [.catalogue])
        add(
            "title and author alone, against readers' shelves", shelved.filter { inputs.catalogue[$0.row] == Filing() },
            [])
        return table
    }
}
