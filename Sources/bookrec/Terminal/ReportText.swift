import Enrichment
import Foundation

/// An evaluation as tables for people; Markdown, so that they can be pasted into a document.
enum ReportText {
    static func show(_ table: EvaluationReport.Table, examples: String = "works") {
        Console.result("\n### \(table.title)\n")
        show(
            head: [""] + [examples] + table.columns,
            rows: table.rows.map { [$0.name, "\($0.examples)"] + $0.cells.map(text) })
    }

    static func show(_ curves: [EvaluationReport.Calibration]) {
        Console.result("\n### Calibration: said → seen (examples)\n")
        show(
            head: ["", "expected error", "bins"],
            rows: curves.map { curve in
                [
                    curve.name, number(curve.expectedError),
                    curve.bins.map { "\(number($0.said)) → \(number($0.seen)) (\($0.count))" }.joined(separator: ", "),
                ]
            })
    }

    private static func show(head: [String], rows: [[String]]) {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        Console.result(line(head))
        Console.result(line(head.map { _ in "---" }))
        for row in rows { Console.result(line(row)) }
    }

    static func text(_ cell: EvaluationReport.Cell?) -> String {
        guard let cell else { return "" }
        guard let low = cell.low, let high = cell.high else { return number(cell.value) }
        return "\(number(cell.value)) (\(number(low))–\(number(high)))"
    }

    static func number(_ value: Double) -> String { value.formatted(.number.precision(.fractionLength(3))) }
}
