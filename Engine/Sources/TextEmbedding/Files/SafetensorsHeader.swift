#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The JSON header of a safetensors file.
struct SafetensorsHeader {
    private struct Entry: Decodable {
        var dtype: String
        var shape: [Int]
        var dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype
            case shape
            case dataOffsets = "data_offsets"
        }
    }

    /// All of the header.
    private struct Entries: Decodable {
        var entries: [String: Entry] = [:]
        var metadata: [String: String] = [:]

        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            for name in container.allKeys {
                if name.stringValue == "__metadata__" {
                    // Free-form: what is no string is none of our business.
                    metadata = (try? container.decode([String: String].self, forKey: name)) ?? [:]
                } else {
                    entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
                }
            }
        }
    }

    private let entries: [String: Entry]
    /// The free-form pairs.
    let metadata: [String: String]

    init(json: Data, path: String) throws(TextEmbeddingError) {
        do {
            let header = try JSONDecoder().decode(Entries.self, from: json)
            entries = header.entries
            metadata = header.metadata
        } catch {
            throw TextEmbeddingError(.badTensorFile, path: path, field: "header", "\(error)")
        }
    }

    /// The tensors, once it is certain that they fill the bytes from
    /// `dataStart` to `fileSize` without gap or overlap.
    func tensors(
        dataStart: Int, fileSize: Int, path: String
    ) throws(TextEmbeddingError) -> [String: SafetensorsFile.Tensor] {
        func damaged(_ name: String, _ detail: String) -> TextEmbeddingError {
            TextEmbeddingError(.badTensorFile, path: path, field: name, detail)
        }
        var tensors: [String: SafetensorsFile.Tensor] = [:]
        var end = 0
        // Names decide among empty tensors that start at one place, so that
        // messages do not change from run to run.
        let inOrder = entries.sorted {
            if $0.value.dataOffsets == $1.value.dataOffsets { return $0.key < $1.key }
            return $0.value.dataOffsets.lexicographicallyPrecedes($1.value.dataOffsets)
        }
        for (name, entry) in inOrder {
            guard let elementSize = Self.elementSizes[entry.dtype] else {
                throw damaged(name, "unknown element type '\(entry.dtype)'")
            }
            guard entry.dataOffsets.count == 2, entry.dataOffsets[0] >= 0,
                entry.dataOffsets[0] <= entry.dataOffsets[1]
            else { throw damaged(name, "data_offsets \(entry.dataOffsets) are no range") }
            guard let byteCount = Self.byteCount(entry.shape, elementSize: elementSize) else {
                throw damaged(name, "shape \(entry.shape) is impossible")
            }
            let range = entry.dataOffsets[0]..<entry.dataOffsets[1]
            guard range.count == byteCount else {
                throw damaged(name, "shape \(entry.shape) of \(entry.dtype) is \(byteCount) bytes, not \(range.count)")
            }
            guard range.lowerBound == end else {
                let fault = range.lowerBound < end ? "overlaps the tensor before it" : "leaves a gap before it"
                throw damaged(name, "starts at \(range.lowerBound) instead of \(end): it \(fault)")
            }
            end = range.upperBound
            guard end <= fileSize - dataStart else {
                throw damaged(name, "ends at byte \(dataStart) + \(end), but the file has only \(fileSize)")
            }
            tensors[name] = SafetensorsFile.Tensor(
                elementType: entry.dtype, shape: entry.shape,
                byteRange: dataStart + range.lowerBound..<dataStart + range.upperBound)
        }
        guard end == fileSize - dataStart else {
            throw damaged("end", "the tensors end at byte \(dataStart) + \(end), but the file has \(fileSize)")
        }
        return tensors
    }

    /// In bytes.
    private static let elementSizes = [
        "BOOL": 1, "U8": 1, "I8": 1, "F8_E5M2": 1, "F8_E4M3": 1, "U16": 2, "I16": 2, "F16": 2, "BF16": 2, "U32": 4,
        "I32": 4, "F32": 4, "U64": 8, "I64": 8, "F64": 8,
    ]

    /// Nil for negative extents and for more than an `Int` can count.
    private static func byteCount(_ shape: [Int], elementSize: Int) -> Int? {
        var product = elementSize
        for extent in shape {
            guard extent >= 0 else { return nil }
            let (next, overflow) = product.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            product = next
        }
        return product
    }
}
