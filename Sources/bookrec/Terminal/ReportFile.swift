import CatalogStore
import Foundation
import Ingestion

/// The file of `--report`: the summary of each part, with what was done to its rows. Written row by row, since it may be
/// longer than memory.
final class ReportFile {
    private let path: String
    private let unfinished: String
    private let handle: FileHandle
    private var parts = 0

    init(path: String) throws {
        self.path = path
        unfinished = path + ".unfinished"
        guard FileManager.default.createFile(atPath: unfinished, contents: nil),
            let handle = FileHandle(forWritingAtPath: unfinished)
        else {
            throw CommandError(
                "The report cannot be written to \(path). Name a file in a folder that can be written. "
                    + "Nothing was taken in.", exitCode: inputOutput)
        }
        self.handle = handle
    }

    deinit { unlink(unfinished) }

    /// Adds a part: its summary, then `details`, a row each that something was done to.
    func add(_ report: IngestReport, _ staging: Staging) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let summary = String(decoding: try encoder.encode(report), as: UTF8.self)
        try write(parts == 0 ? "" : ",\n")
        try write(summary.dropLast().trimmingCharacters(in: .newlines) + ",\n  \"details\" : [")
        parts += 1
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var isFirst = true
        func add(_ row: String) throws {
            try write((isFirst ? "\n    " : ",\n    ") + row)
            isFirst = false
        }
        try staging.forEachStep { line, steps in try add("{\"line\":\(line),\"steps\":\(steps)}") }
        try staging.forEachRefused { row in
            try add(
                "{\"line\":\(row.line),\"quarantined\":\(String(decoding: try encoder.encode(row), as: UTF8.self))}")
        }
        try write("\n  ]\n}")
    }

    /// One part is an object; several are a list.
    func finish() throws {
        try write("\n")
        if parts != 1 { try write("]\n") }
        try handle.close()
        guard rename(unfinished, path) == 0 else {
            throw CommandError(
                "The report cannot be written to \(path): \(String(cString: strerror(errno))). Name another file. "
                    + "The data itself is in the library.", exitCode: inputOutput)
        }
    }

    private func write(_ text: String) throws {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            throw CommandError(
                "The report cannot be written to \(path): \(error.localizedDescription). Make room on the disk, or name "
                    + "another file, and give the command again.", exitCode: inputOutput)
        }
    }
}
