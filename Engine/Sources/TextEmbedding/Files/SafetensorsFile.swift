public import MemoryMapping

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A mapped file of named tensors in the safetensors format.
///
/// The format: 8 bytes, little-endian, that give the length of a JSON header;
/// the header, which gives each tensor's element type, shape and byte range;
/// the elements. The header is checked in full when the file is opened, so
/// that whatever can be asked for afterwards lies within the file.
/// https://huggingface.co/docs/safetensors
public struct SafetensorsFile: Sendable {
    /// A tensor's entry in the header.
    public struct Tensor: Sendable, Equatable {
        /// The type of its elements, as the format calls it, such as "F32".
        public let elementType: String
        /// The number of elements along each axis, outermost first.
        public let shape: [Int]
        /// Where its elements lie, in bytes from the start of the file.
        public let byteRange: Range<Int>

        /// The number of elements.
        public var count: Int { shape.reduce(1, *) }
    }

    /// The path the file was opened by.
    public var path: String { file.path }
    /// The tensors by name.
    public let tensors: [String: Tensor]
    /// The header's free-form pairs of strings.
    public let metadata: [String: String]
    /// The file itself.
    public let file: MappedFile

    /// Maps the file at `path` and checks its header.
    ///
    /// Throws `TextEmbeddingError` if the file cannot be read, is shorter or
    /// longer than its header says, or if tensors overlap, leave gaps, have
    /// an unknown element type or a size that contradicts their shape.
    /// O(size of the header).
    public init(path: String) throws(TextEmbeddingError) {
        do {
            file = try MappedFile(path: path)
        } catch {
            throw TextEmbeddingError(.cannotRead, path: path, error.description)
        }
        let start = try Self.dataStart(of: file)
        let bytes = unsafe file.withUnsafeBytes { unsafe Data($0[8..<start]) }
        let header = try SafetensorsHeader(json: bytes, path: path)
        tensors = try header.tensors(dataStart: start, fileSize: file.count, path: path)
        metadata = header.metadata
    }

    /// The tensor `name`, which must hold 32-bit floats in the given shape.
    ///
    /// Throws `TextEmbeddingError` where it is missing or different. O(1).
    public func floats(_ name: String, shape: [Int]) throws(TextEmbeddingError) -> Tensor {
        try tensor(name, elementType: "F32", shape: shape)
    }

    /// The tensor `name`, which must hold elements of the given type, "F32",
    /// "I32" or "I8", in the given shape.
    ///
    /// Throws `TextEmbeddingError` where it is missing or different. O(1).
    public func tensor(
        _ name: String, elementType: String, shape: [Int]
    ) throws(TextEmbeddingError) -> Tensor {
        guard let tensor = tensors[name] else {
            throw TextEmbeddingError(.missingTensor, path: path, field: name, "the file has \(tensors.count) others")
        }
        guard tensor.elementType == elementType else {
            throw TextEmbeddingError(
                .wrongTensor, path: path, field: name, "elements are \(tensor.elementType), not \(elementType)")
        }
        guard tensor.shape == shape else {
            throw TextEmbeddingError(.wrongTensor, path: path, field: name, "shape is \(tensor.shape), not \(shape)")
        }
        do {
            if elementType == "I8" {
                try file.checkRegion(of: Int8.self, at: tensor.byteRange.lowerBound, count: tensor.count)
            } else {
                try file.checkRegion(of: Float.self, at: tensor.byteRange.lowerBound, count: tensor.count)
            }
        } catch {
            throw TextEmbeddingError(.badTensorFile, path: path, field: name, error.description)
        }
        return tensor
    }

    /// The first element of a tensor that has passed `tensor`; to be used
    /// only as long as this file is.
    func start<Element: BitwiseCopyable>(of name: String) -> UnsafePointer<Element> {
        let offset = tensors[name]!.byteRange.lowerBound
        return unsafe file.withUnsafeBytes { unsafe ($0.baseAddress! + offset).assumingMemoryBound(to: Element.self) }
    }

    /// The offset of the first byte behind the header, checked.
    private static func dataStart(of file: MappedFile) throws(TextEmbeddingError) -> Int {
        guard file.count >= 8 else {
            throw TextEmbeddingError(
                .badTensorFile, path: file.path, field: "byte 0", "\(file.count) bytes are too few for a header length")
        }
        let length = unsafe file.withUnsafeBytes { unsafe UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        // The format's own limit; keeps a damaged length from costing memory.
        guard length >= 2, length <= 100_000_000, length <= UInt64(file.count - 8) else {
            throw TextEmbeddingError(
                .badTensorFile, path: file.path, field: "byte 0",
                "a header of \(length) bytes in a file of \(file.count)")
        }
        return 8 + Int(length)
    }
}
