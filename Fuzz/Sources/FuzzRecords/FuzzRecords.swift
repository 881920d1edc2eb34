import Ingestion

/// Whatever the bytes are and in whatever pieces they come, there are records or an error, and the pieces make no
/// difference.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRecords(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 2 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let (choice, size, content) = (bytes[0], max(1, Int(bytes[1])), Array(bytes[2...]))
    let pieces = stride(from: 0, to: content.count, by: size).map { Array(content[$0..<min($0 + size, content.count)]) }
    let whole = records(of: [content], choice)
    let cut = records(of: pieces, choice)
    precondition(whole == cut, "the pieces make a difference")
    return 0
}

private func records(of pieces: [[UInt8]], _ choice: UInt8) -> [Record]? {
    let part = SourcePart(name: "fuzz", pieces: pieces)
    guard var survey = try? SourceSurvey(of: part) else { return nil }
    switch choice % 6 {
    case 0: break
    case 1: survey.dialect = .csv
    case 2: survey.dialect = .delimited(delimiter: .semicolon, quoting: .backslash)
    case 3: survey.dialect = .delimited(delimiter: .tab, quoting: .doubled)
    case 4: survey.dialect = .jsonLines
    default: survey.dialect = .openLibraryDump
    }
    guard var reader = try? RecordReader(part: part, dialect: survey.dialect, encoding: survey.encoding) else {
        return nil
    }
    var records: [Record] = []
    while let record = try? reader.next() {
        precondition(record.fields.count <= max(reader.header.count, RecordReader.mostColumns + 1))
        records.append(record)
    }
    return records
}
