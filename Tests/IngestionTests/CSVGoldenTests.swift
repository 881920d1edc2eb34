import Foundation
import Ingestion
import Testing

/// What Python's csv module reads in the same texts; see Golden/make_csv_golden.py.
@Suite("CSV, against Python's reader")
struct CSVGoldenTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            var text: String
            var rows: [[String]]?
            var lines: [Int]?
        }
        var cases: [Case]
    }

    private let cases: [Golden.Case]

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/csv_golden.json")
        cases = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file)).cases
    }

    @Test func thereAreCasesOfBothKinds() {
        #expect(cases.count == 320)
        #expect(cases.count { $0.rows == nil } == 39)
    }

    @Test(arguments: [1, 2, 3, 7, Int.max])
    func rowsAndLinesAreTheSame(pieceSize: Int) {
        for golden in cases {
            guard let rows = golden.rows else { continue }
            let records = CSVRecord.all(in: golden.text.utf8, pieceSize: pieceSize)
            // As bytes: Swift takes composed and decomposed letters for the same.
            #expect(
                records.map { $0.fields.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } },
                "\(golden.text)")
            #expect(records.map(\.line) == golden.lines, "\(golden.text)")
            #expect(records.allSatisfy { $0.flaw == nil }, "\(golden.text)")
        }
    }

    @Test(arguments: [1, 2, 3, 7, Int.max])
    func whatPythonRefusesHasAFlaw(pieceSize: Int) {
        for golden in cases where golden.rows == nil {
            let flaws = CSVRecord.all(in: golden.text.utf8, pieceSize: pieceSize).compactMap(\.flaw)
            #expect(flaws.contains(.textAfterQuote) || flaws.contains(.unclosedQuote), "\(golden.text)")
        }
    }
}

extension CSVRecord {
    /// The records of a whole file, fed to the parser in pieces.
    static func all(in bytes: some Collection<UInt8>, pieceSize: Int = .max) -> [CSVRecord] {
        var parser = CSVParser()
        var records: [CSVRecord] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(pieceSize)
            rest = rest[piece.endIndex...]
            parser.feed(piece) { records.append($0) }
        }
        parser.finish { records.append($0) }
        return records
    }
}
