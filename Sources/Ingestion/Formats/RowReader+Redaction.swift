import Foundation

extension RowReader {
    /// The record as quarantine may keep it: without what readers wrote for themselves or who they are. It is read again
    /// as this record with those fields empty; of a row whose fields cannot be told apart nothing is kept. O(its length).
    public func redacted(_ record: Record) -> Record {
        let personal = plan.columns.personalColumns
        guard format.shape != .person, !personal.isEmpty else {
            return format.shape == .person ? Record(line: record.line, fields: [], text: Self.leftOut) : record
        }
        switch record.flaw {
        case nil, .notUTF8, .nulByte: break
        case .unclosedQuote, .textAfterQuote, .tooLong, .fieldCount, .notJSON:
            return Record(line: record.line, fields: [], flaw: record.flaw, text: Self.leftOut)
        }
        guard personal.contains(where: { $0 < record.fields.count && !record.fields[$0].isEmpty }) else {
            return record
        }
        var redacted = record
        for column in personal where column < record.fields.count { redacted.fields[column] = "" }
        redacted.text = text(of: redacted.fields)
        return redacted
    }

    private static let leftOut = "(left out: the row may hold a reader's private text)"

    private func text(of fields: [String]) -> String {
        switch dialect {
        case .delimited(let delimiter, let quoting):
            return fields.map { Self.cell($0, delimiter.character, quoting) }
                .joined(separator: String(delimiter.character))
        case .jsonLines, .openLibraryDump:
            var members: [String] = []
            for (name, value) in zip(plan.columns.header, fields) where !value.isEmpty {
                members.append("\(Self.json(name)): \(Self.json(value))")
            }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    /// A field of a CSV file, in quotes where it needs them.
    private static func cell(_ field: String, _ delimiter: Character, _ quoting: Dialect.Quoting) -> String {
        let isPlain = !field.unicodeScalars.contains { scalar in
            scalar == "\"" || scalar == "\\" || scalar == "\r" || scalar == "\n" || Character(scalar) == delimiter
        }
        if isPlain { return field }
        switch quoting {
        case .doubled: return "\"\(field.replacing("\"", with: "\"\""))\""
        case .backslash:
            return "\"\(field.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        }
    }

    private static func json(_ text: String) -> String {
        // A text is always encodable.
        let data = (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8)
        return String(decoding: data, as: UTF8.self)
    }
}
