/// Kinds of files that people give by mistake, known by their first bytes.
struct ForeignFormat: Equatable {
    /// With its article: "an Excel workbook".
    var name: String
    var remedy: String

    /// - Returns: nil for what may be text in rows.
    init?(_ head: [UInt8]) {
        let unpack = "Unpack it, and give the files in it."
        let asUTF8 = "Save it as UTF-8."
        let kinds: [(magic: [UInt8], name: String, remedy: String)] = [
            ([0x1F, 0x8B], "packed with gzip inside another archive", unpack),
            ([0x50, 0x4B, 3, 4], "a zip archive inside another archive", unpack),
            (Array("BZh".utf8), "packed with bzip2", unpack),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "packed with xz", unpack),
            ([0x28, 0xB5, 0x2F, 0xFD], "packed with zstandard", unpack),
            ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-Zip archive", unpack),
            (Array("Rar!".utf8), "a RAR archive", unpack),
            ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel or Office file", "Open it and save the sheet as CSV (UTF-8)."),
            (Array("SQLite format 3\0".utf8), "an SQLite database", "Export the table as CSV."),
            (Array("PAR1".utf8), "a Parquet file", "Write it as CSV or JSON Lines."),
            (Array("%PDF".utf8), "a PDF document", "Give the table as CSV."),
            ([0xFF, 0xFE, 0, 0], "text in UTF-32", asUTF8),
            ([0, 0, 0xFE, 0xFF], "text in UTF-32", asUTF8),
        ]
        if let kind = kinds.first(where: { head.starts(with: $0.magic) }) {
            (name, remedy) = (kind.name, kind.remedy)
        } else if head.count >= 262, head[257..<262].elementsEqual("ustar".utf8) {
            (name, remedy) = ("a tar archive", unpack)
        } else {
            return nil
        }
    }

    /// Refuses text that is not in rows, and what is no text.
    /// - Parameter text: the beginning, without a byte-order mark.
    /// - Throws: `IngestionError.unsupportedFormat`.
    static func checkFirstLine(of text: UnsafeBufferPointer<UInt8>, source: String) throws(IngestionError) {
        if text[..<ByteSet.lineEnds.firstIndex(in: text, from: 0)].contains(0) {
            throw .unsupportedFormat(
                source: source,
                found: "binary data, or UTF-16 without a byte-order mark (there are NUL bytes in line 1)",
                remedy: "Save it as UTF-8.")
        }
        let start = String(decoding: text.prefix(4_096), as: UTF8.self).trimmingPrefix { $0.isWhitespace }
        if start.hasPrefix("[") && start.dropFirst().trimmingPrefix(while: \.isWhitespace).hasPrefix("{") {
            throw .unsupportedFormat(
                source: source, found: "one JSON array", remedy: "Write one object per line: jq -c '.[]' FILE")
        }
        if ["<!doctype", "<html", "<?xml"].contains(where: { start.lowercased().hasPrefix($0) }) {
            throw .unsupportedFormat(
                source: source, found: "a web page or XML",
                remedy: "If it was downloaded, look at it: it may say why. Give the table as CSV.")
        }
    }
}
