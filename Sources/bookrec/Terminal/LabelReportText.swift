import Enrichment
import Foundation

/// An evaluation of labels as tables for people; Markdown, so that they can be pasted into a document.
enum LabelReportText {
    static func show(_ table: LabelReport.Table) {
        Console.result("\n### \(table.title)\n")
        show(
            head: [""] + ["works"] + table.columns,
            rows: table.rows.map { [$0.name, "\($0.examples)"] + $0.cells.map(text) })
    }

    static func show(_ curves: [LabelReport.Calibration]) {
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

    static func text(_ cell: LabelReport.Cell?) -> String {
        guard let cell else { return "" }
        guard let low = cell.low, let high = cell.high else { return number(cell.value) }
        return "\(number(cell.value)) (\(number(low))–\(number(high)))"
    }

    static func number(_ value: Double) -> String { value.formatted(.number.precision(.fractionLength(3))) }
}
