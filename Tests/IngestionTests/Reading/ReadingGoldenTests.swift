import Foundation
import Testing

@testable import Ingestion

/// What Python's csv and json modules read in the same texts; see Golden/make_reading_golden.py.
@Suite("Records, against Python's readers")
struct ReadingGoldenTests {
    private struct Golden: Decodable {
        struct Delimited: Decodable {
            var text: String
            var delimiter: String
            var quoting: Dialect.Quoting
            var rows: [[String]]?
            var lines: [Int]?
        }
        struct JSON: Decodable {
            var text: String
            var members: [String: String]?
        }
        var delimited: [Delimited]
        var json: [JSON]
    }

    private let golden: Golden

    init() throws {
        golden = try readingGolden("reading_golden.json", as: Golden.self)
    }

    @Test func thereAreCasesOfEachKind() {
        #expect(golden.delimited.count == 400 && golden.delimited.count { $0.rows == nil } == 54)
        #expect(golden.delimited.count { $0.quoting == .backslash } > 50)
        #expect(golden.json.count == 400 && golden.json.count { $0.members == nil } == 187)
    }

    @Test(arguments: [1, 2, 3, 7, Int.max])
    func rowsAndLinesAreTheSame(pieceSize: Int) throws {
        for golden in golden.delimited {
            guard let rows = golden.rows, let lines = golden.lines else { continue }
            let reading = try read(golden, pieceSize)
            #expect(bytes([reading.header] + reading.records.map(\.fields)) == bytes(rows), "\(golden.text)")
            #expect(reading.records.map(\.line) == Array(lines.dropFirst()), "\(golden.text)")
            for record in reading.records {
                let (found, expected) = (record.fields.count, reading.header.count)
                let flaw = found == expected ? nil : Record.Flaw.fieldCount(found: found, expected: expected)
                #expect(record.flaw == flaw, "\(golden.text)")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, Int.max])
    func whatPythonRefusesHasAFlaw(pieceSize: Int) throws {
        for golden in golden.delimited where golden.rows == nil {
            do {
                let flaws = try read(golden, pieceSize).records.compactMap(\.flaw)
                #expect(flaws.contains(.textAfterQuote) || flaws.contains(.unclosedQuote), "\(golden.text)")
            } catch {
                #expect(error == .brokenHeader(source: "test", reason: "its quotes do not match"), "\(golden.text)")
            }
        }
    }

    private func read(_ golden: Golden.Delimited, _ pieceSize: Int) throws(IngestionError) -> Reading {
        guard let delimiter = Dialect.Delimiter(Character(golden.delimiter)) else { throw .empty(source: "delimiter") }
        return try Reading(
            golden.text.utf8, as: .delimited(delimiter: delimiter, quoting: golden.quoting), pieceSize: pieceSize)
    }

    @Test func membersOfObjectsAreTheSame() throws {
        for golden in golden.json {
            let reading = try Reading(golden.text, as: .jsonLines)
            let record = try #require(reading.records.first, "\(golden.text)")
            #expect(record.text == golden.text)
            if let members = golden.members {
                #expect(record.flaw == nil, "\(golden.text)")
                let read = Dictionary(uniqueKeysWithValues: zip(reading.header, record.fields))
                #expect(read == members, "\(golden.text)")
            } else {
                guard case .notJSON(let reason) = record.flaw else {
                    Issue.record("\(golden.text) was taken")
                    continue
                }
                #expect(!reason.isEmpty)
            }
        }
    }
}
