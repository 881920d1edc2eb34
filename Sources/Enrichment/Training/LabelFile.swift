public import Catalog
public import Foundation

/// A row of a file of labels.
public struct LabelRow: Sendable, Hashable {
    public var isbn: ISBN13
    public var label: LabelExamples.Label
    /// 0...1
    public var value: Float
}

/// Why a file of labels is refused.
public struct LabelFileError: Error, Sendable, Hashable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let field: String
    public let reason: String
    public var description: String { "\(file), line \(line), \(field): \(reason)" }
}

/// Labels of books as a CSV file with the columns `isbn13,label,value`: `9780006482079,mood.dark,0.5`. Labels are the codes
/// of `BookLabel`, values from 0 (it does not fit) to 1 (it fits, or fully).
public enum LabelFile {
    public static let columns = "isbn13,label,value"

    /// All rows of the file, or none. O(length).
    /// - Throws: `LabelFileError` for the first line that is wrong.
    public static func rows(_ data: Data, file: String) throws(LabelFileError) -> [LabelRow] {
        let lines = String(decoding: data, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let head = lines.first, head.trimmingPrefix("\u{FEFF}") == columns else {
            throw LabelFileError(
                file: file, line: 1, field: "header", reason: "it must be `\(columns)`. Name the columns so.")
        }
        var rows: [LabelRow] = []
        for (number, line) in zip(2..., lines.dropFirst()) where !line.isEmpty {
            func error(_ field: String, _ reason: String) -> LabelFileError {
                LabelFileError(file: file, line: number, field: field, reason: reason)
            }
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 3 else {
                throw error("row", "it has \(fields.count) fields and needs three: `\(columns)`.")
            }
            guard let isbn = ISBN13.parse(String(fields[0])) else {
                throw error("isbn13", "“\(fields[0])” is not an ISBN: its length or check digit is wrong.")
            }
            guard let label = LabelExamples.Label(code: String(fields[1])) else {
                throw error(
                    "label", "“\(fields[1])” is no label. `bookrec labels list` lists them, for example `mood.hopeful`."
                )
            }
            guard let value = Float(fields[2]), (0...1).contains(value) else {
                throw error("value", "“\(fields[2])” is not a number from 0 to 1.")
            }
            rows.append(LabelRow(isbn: isbn, label: label, value: value))
        }
        return rows
    }
}
