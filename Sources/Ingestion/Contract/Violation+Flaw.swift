extension Violation {
    /// What to say of a record that could not be read as its file's format wants it.
    /// - Parameter name: the name of the column with this number, from 0; nil when there is none.
    init(_ flaw: Record.Flaw, in record: Record, name: (Int) -> String?) {
        func place(_ field: Int) -> String { name(field) ?? "field \(field + 1)" }
        func value(_ field: Int) -> String? {
            record.fields.indices.contains(field) ? record.fields[field] : nil
        }
        switch flaw {
        case .unclosedQuote:
            self.init(
                .unclosedQuote, nil,
                remedy: "A double quote is opened in this row and never closed, so the rest of the file was read as "
                    + "one field. Close it.")
        case .textAfterQuote:
            self.init(
                .textAfterQuote, nil,
                remedy: "A quoted field goes on after its closing quote. Write a double quote inside a field twice.")
        case .tooLong:
            self.init(
                .recordTooLong, nil,
                remedy: "The row is longer than any row may be. Check for a missing line end or quote.")
        case .notUTF8(let field):
            self.init(
                rule: Rule.notUTF8.rawValue, field: place(field), value: value(field),
                remedy: "The field is not valid in the file's encoding. Save the file as UTF-8, or name its encoding.")
        case .nulByte(let field):
            self.init(
                rule: Rule.nulByte.rawValue, field: place(field), value: value(field),
                remedy: "The field has a NUL byte. Save the file as UTF-8 text.")
        case .fieldCount(let found, let expected):
            self.init(
                .fieldCount, nil, value: found == 1 ? "1 field" : "\(found) fields",
                remedy: "The header names \(expected) columns. Put fields that contain the delimiter or line ends in "
                    + "double quotes.")
        case .notJSON(let reason):
            self.init(
                .notJSON, nil, remedy: "The line is not a JSON object: \(reason). Write one object on each line.")
        }
    }
}
