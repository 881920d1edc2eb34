public import CatalogStore
import Foundation

/// Writes refused rows to files that a person can correct and take in again.
public struct QuarantineExport {
    private let library: Library

    public init(library: Library) {
        self.library = library
    }

    /// Makes a folder with, for each file that has refused rows, these rows below its header, and their reasons.
    /// - Parameter file: only this file's.
    /// - Throws: `ExportError` when the folder exists or cannot be written.
    public func write(to path: String, only file: String? = nil) throws -> [LibraryExport.File] {
        guard !FileManager.default.fileExists(atPath: path) else { throw ExportError.exists(path: path) }
        var files: [LibraryExport.File] = []
        var open: (run: Int64, rows: FileHandle, reasons: ExportTable)?
        var names: Set<String> = []
        func finish() throws {
            guard let last = open else { return }
            try last.rows.close()
            if let reasons = try last.reasons.finish() { files[files.count - 1].rows = reasons.rows }
            open = nil
        }
        do {
            let folder = URL(fileURLWithPath: path, isDirectory: true)
            try library.forEachQuarantined(file: file) { run, entry in
                if open?.run != run.id {
                    try finish()
                    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                    var name = run.file.replacing("/", with: "_")
                    while !names.insert(name).inserted { name = "\(run.source)-" + name }
                    let url = folder.appending(path: name)
                    try Data(header(of: run).utf8).write(to: url)
                    let rows = try FileHandle(forWritingTo: url)
                    try rows.seekToEnd()
                    let reasons = try ExportTable(
                        name + ".reasons", .csv, in: folder, columns: ["line", "rule", "field", "value", "remedy"])
                    open = (run.id, rows, reasons)
                    files.append(LibraryExport.File(name: name, rows: 0))
                }
                let row = entry.row
                try open?.rows.write(contentsOf: Data((row.row + "\n").utf8))
                try open?.reasons.add([
                    .number(row.line), .text(row.rule), .text(row.field), .text(row.value), .text(row.remedy),
                ])
            }
            try finish()
        } catch let error as LibraryError {
            throw error
        } catch {
            throw ExportError.failed(path: path, reason: (error as NSError).localizedDescription)
        }
        return files
    }

    /// The header line of a delimited file; JSON lines and dumps have none.
    private func header(of run: IngestRun) -> String {
        guard let reading = try? JSONDecoder().decode(Reading.self, from: Data(run.format.utf8)),
            case .delimited(let delimiter, _) = reading.dialect
        else { return "" }
        return reading.header.map { name in
            let isPlain = !name.contains(delimiter.character) && !name.contains("\"") && !name.contains { $0.isNewline }
            return isPlain ? name : "\"\(name.replacing("\"", with: "\"\""))\""
        }.joined(separator: String(delimiter.character)) + "\n"
    }
}
