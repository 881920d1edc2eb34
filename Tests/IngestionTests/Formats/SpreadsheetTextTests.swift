import EngineTestSupport
import Evaluation
import Testing

@testable import Ingestion

@Suite("Text that spreadsheets would run")
struct SpreadsheetTextTests {
    @Test(arguments: [
        ("=HYPERLINK(\"http://example.org\")", "'=HYPERLINK(\"http://example.org\")"), ("+1+1", "'+1+1"),
        ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r\n=1", "'\r\n=1"), ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"), ("=\u{301}x", "'=\u{301}x"), ("'=1", "''=1"), ("'-750", "''-750"), ("''@x", "'''@x"),
        ("-", "'-"), ("-1.", "'-1."), ("-0x10", "'-0x10"), ("-1e", "'-1e"), ("+", "'+"), ("-1 ", "'-1 "),
    ])
    func isWrittenAfterAnApostrophe(cell: String, written: String) {
        // As bytes: to Swift an accent that joins another character is the same text.
        #expect(Array(SpreadsheetText.escape(cell).utf8) == Array(written.utf8))
        #expect(Array(SpreadsheetText.unescape(written).utf8) == Array(cell.utf8))
        #expect(!SpreadsheetText.isLive(written))
    }

    @Test(arguments: [
        "", "Gilead", "'Salem's Lot", "''", "'", "-750", "+1.5", "-1e5", "-1.25E-7", "+0", "1=1", "[\"=1\"]", " =1",
        "0306406152", "'tis - so",
    ])
    func otherTextIsWrittenAsItIs(cell: String) {
        #expect(SpreadsheetText.escape(cell) == cell)
        #expect(SpreadsheetText.unescape(cell) == cell)
        #expect(!SpreadsheetText.isLive(cell))
    }

    /// What a spreadsheet runs, told another way: by a regular expression.
    private func isRun(_ cell: String) -> Bool {
        let text = String(cell.unicodeScalars.map { "＝＋－＠".unicodeScalars.contains($0) ? "=" : Character($0) })
        guard text.unicodeScalars.first.map("=+-@\t\r\n".unicodeScalars.contains) ?? false else { return false }
        return cell.wholeMatch(of: /[+\-]?[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) == nil
    }

    @Test func nothingIsLiveAndNothingIsLost() {
        var generator = SeededGenerator(seed: 4)
        let alphabet = Array("''''=+-@\t\r\n＝＋e.19a\u{301} \"").flatMap(\.unicodeScalars)
        for _ in 0..<50_000 {
            var cell = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...7, using: &generator) {
                cell.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
            }
            let text = String(cell)
            let written = SpreadsheetText.escape(text)
            #expect(!isRun(written), "\(text.debugDescription)")
            #expect(Array(SpreadsheetText.unescape(written).utf8) == Array(text.utf8), "\(text.debugDescription)")
            // Nothing is written otherwise than it must be.
            if !text.hasPrefix("'"), !isRun(text) { #expect(written == text, "\(text.debugDescription)") }
        }
    }
}
