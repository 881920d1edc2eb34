internal import Kernels
public import MemoryMapping

/// A collection of vectors, searched by comparing the query with every one.
///
/// The score of a row is its dot product with the query: the cosine, where
/// vectors have unit length. Nothing is approximated, and 100,000 rows of
/// 384 floats take a few milliseconds. Safe to use from any thread.
public struct ExactIndex: Sendable {
    /// The number of rows.
    public let count: Int
    /// The number of floats in a row.
    public let dimension: Int

    let storage: Storage
    let kernels: Kernels

    enum Storage: Sendable {
        case array([Float])
        /// The rows lie in the file from the byte `offset` on, checked.
        case file(MappedFile, offset: Int)
    }

    /// An index over `vectors`, row-major [count, dimension].
    ///
    /// Throws `VectorIndexError` unless `dimension` is positive and divides
    /// the number of floats. O(1).
    public init(vectors: [Float], dimension: Int) throws(VectorIndexError) {
        guard dimension > 0 else { throw VectorIndexError(.badShape, "the dimension \(dimension) is not positive") }
        guard vectors.count.isMultiple(of: dimension) else {
            throw VectorIndexError(.badShape, "\(vectors.count) floats are no whole number of rows of \(dimension)")
        }
        self.count = vectors.count / dimension
        self.dimension = dimension
        self.storage = .array(vectors)
        self.kernels = .selected
    }

    /// An index over a whole file of little-endian floats without a header,
    /// row-major [count, dimension].
    ///
    /// The file stays mapped as long as the index lives. Throws
    /// `VectorIndexError` unless the file has exactly the size that `count`
    /// and `dimension` give. O(1).
    public init(file: MappedFile, count: Int, dimension: Int) throws(VectorIndexError) {
        let wanted = try Self.byteCount(count: count, dimension: dimension)
        guard file.count == wanted else {
            throw VectorIndexError(
                .wrongFileSize,
                "'\(file.path)' has \(file.count) bytes, \(count) rows of \(dimension) floats have \(wanted)")
        }
        try self.init(file: file, offset: 0, count: count, dimension: dimension)
    }

    /// An index over part of a file: `count` rows of `dimension`
    /// little-endian floats from the byte `offset` on.
    ///
    /// Throws `VectorIndexError` if the region reaches beyond the file or is
    /// not aligned to floats. O(1).
    public init(file: MappedFile, offset: Int, count: Int, dimension: Int) throws(VectorIndexError) {
        let wanted = try Self.byteCount(count: count, dimension: dimension)
        do {
            try file.checkRegion(of: Float.self, at: offset, count: wanted / MemoryLayout<Float>.stride)
        } catch {
            throw VectorIndexError(.wrongFileSize, error.description)
        }
        self.count = count
        self.dimension = dimension
        self.storage = .file(file, offset: offset)
        self.kernels = .selected
    }

    /// The vector in `row`. Traps unless `0 <= row < count`. O(dimension).
    public func vector(at row: Int) -> [Float] {
        precondition((0..<count).contains(row), "row \(row) of an index of \(count) rows")
        return withVectors { Array($0[row * dimension..<(row + 1) * dimension]) }
    }

    /// Calls `body` with all vectors, row-major [count, dimension].
    func withVectors<Result>(_ body: (UnsafeBufferPointer<Float>) -> Result) -> Result {
        switch storage {
        case .array(let vectors): vectors.withUnsafeBufferPointer(body)
        case .file(let file, let offset):
            file.withElements(of: Float.self, at: offset, count: count * dimension, body)
        }
    }

    private static func byteCount(count: Int, dimension: Int) throws(VectorIndexError) -> Int {
        guard dimension > 0 else { throw VectorIndexError(.badShape, "the dimension \(dimension) is not positive") }
        guard count >= 0 else { throw VectorIndexError(.badShape, "the count \(count) is negative") }
        let (floats, tooMany) = count.multipliedReportingOverflow(by: dimension)
        let (bytes, tooLarge) = floats.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        guard !tooMany, !tooLarge else {
            throw VectorIndexError(.badShape, "\(count) rows of \(dimension) floats do not fit into memory")
        }
        return bytes
    }
}
