import Ingestion

private let contract = try? DataContract.standard()

/// Cells of any content under the columns of any format are a row, or refused with a rule and a remedy.
///
/// The first byte chooses the format; the rest is split at 0xFF into cells.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRows(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 1, let contract else { return 0 }
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let format = SourceFormat.all[Int(bytes[0]) % SourceFormat.all.count]
    let header = format.knownColumns
    guard
        var rows = try? RowReader(
            format: format, header: header, contract: contract, currentYear: 2026, file: "fuzz", shelfReader: "r")
    else { return 0 }
    let cells = bytes.dropFirst().split(separator: 0xFF, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    var fields = Array(cells.prefix(header.count))
    fields += Array(repeating: "", count: header.count - fields.count)
    let record = Record(line: 2, fields: fields, text: fields.joined(separator: ","))
    let result = rows.read(record)
    if case .refused(let violation) = result.content {
        precondition(!violation.rule.isEmpty && !violation.remedy.isEmpty)
        precondition((violation.value?.count ?? 0) <= Violation.longestValue)
    }
    _ = rows.redacted(record)
    return 0
}
