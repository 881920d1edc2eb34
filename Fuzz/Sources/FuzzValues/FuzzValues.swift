import Ingestion

/// Any text is cleaned, and what is clean stays as it is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzValues(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    var normaliser = Normaliser()
    if let line = normaliser.line(text, field: "title") {
        precondition(normaliser.line(line, field: "title") == line, "cleaning a clean line changes it")
    }
    if let clean = normaliser.text(text, field: "description") {
        precondition(normaliser.text(clean, field: "description") == clean, "cleaning a clean text changes it")
    }
    _ = normaliser.isbn(text, field: "isbn")
    _ = normaliser.isbn(isbn13: text, isbn10: text)
    _ = normaliser.list(text, field: "categories")
    _ = normaliser.authors(text, field: "authors")
    _ = normaliser.wholeNumber(text, field: "pages")
    _ = normaliser.decimal(text, field: "averageRating")
    _ = normaliser.year(text, field: "year")
    _ = normaliser.day(text, field: "day")
    return 0
}
