import Enrichment

/// An evaluation as a page by itself, with calibration curves.
enum ReportPage {
    static func html(_ report: EvaluationReport, title: String, examples: String = "works") -> String {
        let tables = report.tables.map { table($0, examples) }.joined()
        let curves = report.calibration.map(curve).joined()
        let notes = report.notes.map { "<p>\(escaped($0))</p>\n" }.joined()
        let calibration =
            curves.isEmpty
            ? ""
            : """
            <h2>Calibration</h2>
            <p>Across: what was said to be how likely. Up: how often it was so. The area of a point is the number of its examples.</p>
            <div class="curves">\(curves)</div>

            """
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(title)</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; margin-bottom: 2rem; }
            th, td { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid #ddd; }
            th:first-child, td:first-child { text-align: left; }
            .curves { display: flex; flex-wrap: wrap; gap: 1.5rem; }
            figure { margin: 0; }
            </style></head><body>
            <h1>\(title)</h1>
            <p>In parentheses: 95 % intervals by bootstrap.</p>
            \(tables)\(notes)\(calibration)</body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    // Names of labels and tables are the program's own: none has anything to escape.

    private static func table(_ table: EvaluationReport.Table, _ examples: String) -> String {
        let head = (["", examples] + table.columns).map { "<th>\($0)</th>" }.joined()
        let rows = table.rows.map { row in
            let cells = row.cells.map { "<td>\(ReportText.text($0))</td>" }.joined()
            return "<tr><td>\(row.name)</td><td>\(row.examples)</td>\(cells)</tr>\n"
        }.joined()
        return "<h2>\(table.title)</h2>\n<table><tr>\(head)</tr>\n\(rows)</table>\n"
    }

    private static func curve(_ curve: EvaluationReport.Calibration) -> String {
        let side = 220.0
        let most = Double(max(1, curve.bins.map(\.count).max() ?? 1))
        let points = curve.bins.map { ($0.said * side, (1 - $0.seen) * side, Double($0.count)) }
        let line = points.map { "\($0.0),\($0.1)" }.joined(separator: " ")
        let dots = points.map { x, y, count in
            "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(2 + 8 * (count / most).squareRoot())\" fill=\"#8a2f2a\" fill-opacity=\".6\"/>"
        }.joined()
        return """
            <figure><svg viewBox="-12 -12 244 244" width="244" height="244" role="img" aria-label="Calibration of \(curve.name)">
            <rect width="\(side)" height="\(side)" fill="none" stroke="#bbb"/>
            <line x1="0" y1="\(side)" x2="\(side)" y2="0" stroke="#bbb" stroke-dasharray="4"/>
            <polyline points="\(line)" fill="none" stroke="#8a2f2a"/>\(dots)</svg>
            <figcaption>\(curve.name), expected error \(ReportText.number(curve.expectedError))</figcaption></figure>

            """
    }
}
