import Ingestion

/// A contract or a mapping file of any text is read or refused in words.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSettings(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    do {
        _ = try DataContract(yaml: text, file: "fuzz.yaml")
    } catch { precondition(!"\(error)".isEmpty) }
    do {
        _ = try ColumnMapping(yaml: text, file: "fuzz.yaml")
    } catch { precondition(!"\(error)".isEmpty) }
    return 0
}
