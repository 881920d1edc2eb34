import ArgumentParser
import Artifacts
import Foundation
import TextEmbedding

struct Embed: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn lines of text on stdin into vectors of unit length, one JSON array a line.")

    @Flag(help: "Every line is a JSON string instead of plain text.")
    var jsonLines = false

    @OptionGroup var home: Home

    func run() throws {
        let (encoder, _) = try home.models.open()
        var lines = LineSplitter()
        var lineNumber = 0
        // What has arrived is answered at once, so that another program can ask line by line.
        while true {
            let piece = FileHandle.standardInput.availableData
            let complete = piece.isEmpty ? lines.finish() : lines.feed(piece)
            let texts = try complete.map { line in
                lineNumber += 1
                return try text(of: line, number: lineNumber)
            }
            let vectors = encoder.embed(texts)
            var output = ""
            for start in stride(from: 0, to: vectors.count, by: encoder.dimension) {
                let numbers = vectors[start..<start + encoder.dimension].lazy.map { "\($0)" }
                output += "[\(numbers.joined(separator: ","))]\n"
            }
            FileHandle.standardOutput.write(Data(output.utf8))
            if piece.isEmpty { return }
        }
    }

    private func text(of line: Data, number: Int) throws -> String {
        guard let text = String(validating: line, as: UTF8.self) else {
            throw CommandError("stdin, line \(number): not valid UTF-8. Convert the text to UTF-8.", exitCode: badData)
        }
        guard jsonLines else { return text }
        guard let decoded = try? JSONDecoder().decode(String.self, from: line) else {
            throw CommandError(
                "stdin, line \(number): not a JSON string. Write one string in double quotes a line.", exitCode: badData
            )
        }
        return decoded
    }
}

/// Splits a stream of bytes into lines; CR before LF belongs to the line's end.
struct LineSplitter {
    private var rest = Data()

    /// The lines that are complete with this piece.
    mutating func feed(_ piece: Data) -> [Data] {
        rest += piece
        var lines: [Data] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Self.trimmed(rest[..<end]))
            rest = rest[(end + 1)...]
        }
        rest = Data(rest)
        return lines
    }

    /// A last line without an end.
    mutating func finish() -> [Data] {
        defer { rest = Data() }
        return rest.isEmpty ? [] : [Self.trimmed(rest)]
    }

    private static func trimmed(_ line: Data) -> Data {
        line.last == UInt8(ascii: "\r") ? Data(line.dropLast()) : Data(line)
    }
}
