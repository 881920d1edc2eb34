import Foundation

/// A packed model's file, for tests to change.
struct PackedFile {
    struct Tensor {
        var type: String
        var shape: [Int]
        var bytes: [UInt8]
    }

    var metadata: [String: String]
    var tensors: [String: Tensor]

    /// What is in the file of these bytes.
    init(_ file: [UInt8]) throws {
        let length = (0..<8).reduce(0) { $0 | Int(file[$1]) << (8 * $1) }
        var header = try JSONSerialization.jsonObject(with: Data(file[8..<8 + length])) as? [String: Any] ?? [:]
        metadata = header.removeValue(forKey: "__metadata__") as? [String: String] ?? [:]
        tensors = [:]
        for (name, entry) in header {
            guard let entry = entry as? [String: Any], let type = entry["dtype"] as? String,
                let shape = entry["shape"] as? [Int], let offsets = entry["data_offsets"] as? [Int]
            else { throw CocoaError(.propertyListReadCorrupt) }
            let range = 8 + length + offsets[0]..<8 + length + offsets[1]
            tensors[name] = Tensor(type: type, shape: shape, bytes: Array(file[range]))
        }
    }

    /// The elements of a tensor of floats; none where there is none.
    func floats(_ name: String) -> [Float] {
        let bytes = tensors[name]?.bytes ?? []
        return (0..<bytes.count / 4).map { place in
            let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 * place + $1]) << UInt32(8 * $1) }
            return Float(bitPattern: bits)
        }
    }

    /// The file, with 4-byte elements in front, so that they are aligned.
    func encoded() throws -> [UInt8] {
        var header: [String: Any] = ["__metadata__": metadata]
        var data: [UInt8] = []
        let inOrder = tensors.sorted {
            let isByte = ($0.value.type.hasSuffix("8"), $1.value.type.hasSuffix("8"))
            return isByte.0 == isByte.1 ? $0.key < $1.key : isByte.1
        }
        for (name, tensor) in inOrder {
            header[name] = [
                "dtype": tensor.type, "shape": tensor.shape,
                "data_offsets": [data.count, data.count + tensor.bytes.count],
            ]
            data += tensor.bytes
        }
        return try TinyModel.safetensors(header: JSONSerialization.data(withJSONObject: header), data: data)
    }
}
