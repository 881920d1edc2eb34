extension RecordReader {
    /// - Returns: nil at the part's end, where only blank lines are left.
    mutating func jsonRecord(at place: Place) throws(IngestionError) -> Record? {
        var place = place
        // Blank lines of spaces.
        while place.excerpt == nil, place.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            guard let next = try nextPlace() else { return nil }
            place = next
        }
        if let excerpt = place.excerpt { return Record(line: place.line, fields: [], flaw: .tooLong, text: excerpt) }
        var record = Record(line: place.line, fields: [], text: String(decoding: place.bytes, as: UTF8.self))
        try take(place.bytes, into: &record)
        return record
    }

    /// A line of an Open Library dump. Its JSON says the key and the revision too; of two values the JSON's counts.
    mutating func dumpRecord(at place: Place) throws(IngestionError) -> Record {
        if let excerpt = place.excerpt { return Record(line: place.line, fields: [], flaw: .tooLong, text: excerpt) }
        let columns = place.bytes.split(separator: 0x09, maxSplits: 4, omittingEmptySubsequences: false)
        var record = Record(
            line: place.line, fields: columns.prefix(4).map { String(decoding: $0, as: UTF8.self) },
            text: String(decoding: place.bytes, as: UTF8.self))
        guard columns.count == 5 else {
            record.flaw = .fieldCount(found: columns.count, expected: 5)
            return record
        }
        record.flaw = Self.flaw(ofColumns: columns.prefix(4))
        try take(UnsafeBufferPointer(rebasing: columns[4]), into: &record)
        return record
    }

    private static func flaw(ofColumns columns: some Sequence<Slice<UnsafeBufferPointer<UInt8>>>) -> Record.Flaw? {
        for (index, column) in columns.enumerated() {
            if String(validating: column, as: UTF8.self) == nil { return .notUTF8(field: index) }
            if column.contains(0) { return .nulByte(field: index) }
        }
        return nil
    }

    /// Puts the members of a JSON object under their names.
    private mutating func take(
        _ object: UnsafeBufferPointer<UInt8>, into record: inout Record
    ) throws(IngestionError) {
        let members: [JSONScanner.Member]
        do {
            members = try JSONScanner.members(of: object)
        } catch {
            record.flaw = record.flaw ?? .notJSON(reason: error.reason)
            return
        }
        for member in members {
            let index = try place(of: member.name, line: record.line)
            // An object may bring many new names: room is made once.
            if index >= record.fields.count {
                record.fields += repeatElement("", count: header.count - record.fields.count)
            }
            record.fields[index] = member.value
            if record.flaw == nil, !member.isValid { record.flaw = .notUTF8(field: index) }
            if record.flaw == nil, member.value.utf8.contains(0) { record.flaw = .nulByte(field: index) }
        }
        if record.fields.count < header.count {
            record.fields += repeatElement("", count: header.count - record.fields.count)
        }
    }

    private mutating func place(of name: String, line: Int) throws(IngestionError) -> Int {
        if let index = places[name] { return index }
        guard header.count < Self.mostNames else {
            throw .tooManyColumns(source: source, line: line, limit: Self.mostNames)
        }
        places[name] = header.count
        header.append(name)
        return header.count - 1
    }
}
