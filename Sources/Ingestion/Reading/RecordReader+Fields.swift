extension RecordReader {
    /// Makes the record of a place that was just found.
    mutating func record(at place: Place) throws(IngestionError) -> Record? {
        switch dialect {
        case .delimited: delimitedRecord(at: place, columns: header.count)
        case .jsonLines: try jsonRecord(at: place)
        case .openLibraryDump: try dumpRecord(at: place)
        }
    }

    /// - Parameter columns: how many fields there must be; nil for the header itself.
    mutating func delimitedRecord(at place: Place, columns: Int?) -> Record {
        if let excerpt = place.excerpt { return Record(line: place.line, fields: [], flaw: .tooLong, text: excerpt) }
        let bytes = place.bytes
        // Valid bytes stay valid when they are cut at ASCII, as all delimiters are: only then need fields be looked at.
        let text = String(validating: bytes, as: UTF8.self)
        let isSuspect = text == nil || bytes.contains(0)
        var flaw = place.flaw
        var fields: [String] = []
        fields.reserveCapacity(scanner.fields.count)
        for field in scanner.fields {
            let value = bytes[rebased: field.start..<field.end]
            if isSuspect, flaw == nil { flaw = Self.flaw(ofField: fields.count, value) }
            fields.append(field.isEscaped ? unescape(value) : String(decoding: value, as: UTF8.self))
        }
        if let columns, flaw == nil, scanner.fieldCount != columns {
            flaw = .fieldCount(found: scanner.fieldCount, expected: columns)
        }
        return Record(
            line: place.line, fields: fields, flaw: flaw, text: text ?? String(decoding: bytes, as: UTF8.self))
    }

    private mutating func unescape(_ field: UnsafeBufferPointer<UInt8>) -> String {
        unescaped.removeAll(keepingCapacity: true)
        scanner.unescape(field, into: &unescaped)
        return String(decoding: unescaped, as: UTF8.self)
    }

    private static func flaw(ofField index: Int, _ value: UnsafeBufferPointer<UInt8>) -> Record.Flaw? {
        if String(validating: value, as: UTF8.self) == nil { return .notUTF8(field: index) }
        return value.contains(0) ? .nulByte(field: index) : nil
    }
}
