#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Collects tensors for a safetensors file.
struct SafetensorsWriter {
    private struct Header: Encodable {
        struct Entry: Encodable {
            var dtype: String
            var shape: [Int]
            var offsets: [Int]

            enum CodingKeys: String, CodingKey {
                case dtype
                case shape
                case offsets = "data_offsets"
            }
        }

        struct Name: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        var metadata: [String: String]
        var entries: [String: Entry] = [:]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Name.self)
            try container.encode(metadata, forKey: Name(stringValue: "__metadata__"))
            for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
        }
    }

    private var header: Header
    private var tensors: [(name: String, entry: Header.Entry, data: Data)] = []

    /// A file with the given free-form pairs and no tensors yet.
    init(metadata: [String: String]) {
        header = Header(metadata: metadata)
    }

    /// Adds a tensor. Little-endian, as the processor has it.
    mutating func add<Element: BitwiseCopyable>(
        _ elements: [Element], name: String, elementType: String, shape: [Int]
    ) {
        #if _endian(big)
            #error("Files are little-endian and mapped as they are.")
        #endif
        precondition(shape.reduce(1, *) == elements.count, "the shape of \(name) does not fit its elements")
        let entry = Header.Entry(dtype: elementType, shape: shape, offsets: [])
        unsafe tensors.append((name, entry, elements.withUnsafeBytes { unsafe Data($0) }))
    }

    /// The whole file; the elements begin at a multiple of 64 bytes.
    ///
    /// Tensors lie in the order they were added, but those whose bytes are no
    /// multiple of 4 come last: the format allows no gap behind them, and the
    /// floats of the next would not be aligned.
    func encoded() throws -> Data {
        var header = header
        var data = Data()
        let whole = tensors.filter { $0.data.count.isMultiple(of: 4) }
        for (name, entry, bytes) in whole + tensors.filter({ !$0.data.count.isMultiple(of: 4) }) {
            var entry = entry
            entry.offsets = [data.count, data.count + bytes.count]
            header.entries[name] = entry
            data.append(bytes)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var json = try encoder.encode(header)
        json.append(contentsOf: [UInt8](repeating: 0x20, count: (64 - (json.count + 8) % 64) % 64))
        var file = Data((0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) })
        file.append(json)
        file.append(data)
        return file
    }
}
