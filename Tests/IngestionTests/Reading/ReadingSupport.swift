import EngineTestSupport
import Foundation
import Testing

@testable import Ingestion

/// All that a reader gives.
struct Reading: Equatable {
    var header: [String] = []
    var records: [Record] = []

    /// Reads bytes that come in pieces of this size.
    init(
        _ bytes: some Sequence<UInt8>, as dialect: Dialect = .csv, encoding: TextEncoding = .utf8, pieceSize: Int = .max
    ) throws(IngestionError) {
        let part = SourcePart(name: "test", pieces: Array(bytes).cut(into: pieceSize))
        var reader = try RecordReader(part: part, dialect: dialect, encoding: encoding)
        while let record = try reader.next() { records.append(record) }
        header = reader.header
    }

    init(_ text: String, as dialect: Dialect = .csv) throws(IngestionError) {
        try self.init(text.utf8, as: dialect)
    }
}

extension [UInt8] {
    func cut(into size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: Swift.min(size, Swift.max(count, 1)))
            .map { Array(self[$0..<Swift.min(count, $0 + Swift.min(size, count))]) }
    }
}

extension SourcePart {
    /// Everything in the part.
    func contents() throws -> [UInt8] {
        let reader = try open()
        var all: [UInt8] = []
        while let piece = try reader.nextPiece() {
            #expect(!piece.isEmpty && piece.count <= 256 << 10)
            all += piece
        }
        #expect(try reader.nextPiece() == nil)
        #expect(reader.bytesRead == packedSize)
        return all
    }
}

/// A file of the folder Golden, beside this one.
func readingGolden<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
    return try JSONDecoder().decode(type, from: Data(contentsOf: file))
}

/// The bytes of a text as Swift strings compare them no longer: composed and decomposed letters differ.
func bytes(_ rows: [[String]]) -> [[[UInt8]]] { rows.map { $0.map { Array($0.utf8) } } }
