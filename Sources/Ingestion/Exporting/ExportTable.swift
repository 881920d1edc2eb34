import Foundation

/// One file of an export, written row by row.
final class ExportTable {
    enum Cell {
        case text(String?)
        case list([String])
        case number(Int?)
        case decimal(Double?)
        case flag(Bool)
    }

    private let url: URL
    private let form: LibraryExport.Form
    private let columns: [String]
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var rows = 0
    private let encoder = JSONEncoder()

    private static let bufferSize = 256 << 10

    init(_ name: String, _ form: LibraryExport.Form, in folder: URL, columns: [String]) throws {
        self.form = form
        self.columns = columns
        url = folder.appending(path: name + (form == .csv ? ".csv" : ".jsonl"))
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
        encoder.outputFormatting = .withoutEscapingSlashes
        if form == .csv { buffer += (columns.joined(separator: ",") + "\n").utf8 }
    }

    func add(_ cells: [Cell]) throws {
        rows += 1
        switch form {
        case .csv:
            for (place, cell) in cells.enumerated() {
                if place > 0 { buffer.append(UInt8(ascii: ",")) }
                append(field: try csv(cell))
            }
        case .jsonLines:
            // Members without a value are written too: it is by its names that the file is recognised.
            let members = try zip(columns, cells).map { "\"\($0)\":\(try json($1) ?? "null")" }
            buffer += "{\(members.joined(separator: ","))}".utf8
        }
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Closes the file; one without rows is removed.
    func finish() throws -> LibraryExport.File? {
        try flush()
        try handle.synchronize()
        try handle.close()
        guard rows > 0 else {
            try FileManager.default.removeItem(at: url)
            return nil
        }
        return LibraryExport.File(name: url.lastPathComponent, rows: rows)
    }

    private func flush() throws {
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func csv(_ cell: Cell) throws -> String {
        switch cell {
        case .text(let text): SpreadsheetText.escape(text ?? "")
        case .list(let list): list.isEmpty ? "" : try encoded(list)
        case .number(let number): number.map(String.init) ?? ""
        case .decimal(let number): number.map { "\($0)" } ?? ""
        case .flag(let flag): flag ? "1" : "0"
        }
    }

    private func json(_ cell: Cell) throws -> String? {
        switch cell {
        case .text(let text): try text.map(encoded)
        case .list(let list): try encoded(list)
        case .number(let number): number.map(String.init)
        case .decimal(let number): number.map { "\($0)" }
        case .flag(let flag): flag ? "true" : "false"
        }
    }

    private func encoded(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func append(field: String) {
        let needsQuotes =
            field.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
            || field.first == " " || field.last == " "
        guard needsQuotes else {
            buffer += field.utf8
            return
        }
        buffer.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { buffer.append(0x22) }
            buffer.append(byte)
        }
        buffer.append(0x22)
    }
}
