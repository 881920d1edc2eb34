public import Kernels

/// A collection of vectors, as signed bytes in memory or in a mapped file: 2
/// bytes an element, of which a search reads the first of every row and the
/// second of a few.
///
/// Rows lie in whole cache lines, padded with zeros. Safe to use from any
/// thread; values share their memory.
public struct QuantizedVectors: Sendable {
    /// The number of rows.
    public let count: Int
    /// The number of elements in a row.
    public let dimension: Int
    /// The kernels that search these rows; results do not depend on them.
    public var kernels: Kernels = .selected

    /// The distance between rows in bytes.
    let stride: Int
    let memory: VectorMemory

    init(count: Int, dimension: Int, memory: VectorMemory) {
        self.count = count
        self.dimension = dimension
        self.stride = Self.stride(dimension)
        self.memory = memory
    }

    /// The rows of `vectors`, row-major [count, dimension].
    ///
    /// Throws `VectorIndexError` unless `dimension` is from 1 to 65,536 and
    /// divides the number of floats, and all of them are finite.
    /// O(vectors.count), about 1 ns an element.
    public init(quantizing vectors: [Float], dimension: Int) throws(VectorIndexError) {
        guard dimension > 0, vectors.count.isMultiple(of: dimension) else {
            throw VectorIndexError(.badShape, "\(vectors.count) floats are no whole number of rows of \(dimension)")
        }
        var builder = try QuantizedVectorsBuilder(count: vectors.count / dimension, dimension: dimension)
        for start in Swift.stride(from: 0, to: vectors.count, by: dimension) {
            try builder.append(quantizing: vectors[start..<start + dimension])
        }
        self = try builder.finish()
    }

    /// Row `row` as it is stored. Traps unless `0 <= row < count`.
    /// O(dimension).
    public func codedRow(at row: Int) -> CodedRow {
        precondition((0..<count).contains(row), "row \(row) of \(count) rows")
        return withExtendedLifetime(memory) {
            func bytes(_ plane: UnsafePointer<Int8>) -> [Int8] {
                unsafe Array(UnsafeBufferPointer(start: plane + row * stride, count: dimension))
            }
            return unsafe CodedRow(scale: memory.scales[row], codes: bytes(memory.codes), rests: bytes(memory.rests))
        }
    }

    /// The vector in row `row`, to about 16 bits. Traps unless
    /// `0 <= row < count`. O(dimension).
    public func vector(at row: Int) -> [Float] { codedRow(at: row).vector }

    /// The first plane [count, stride], padding included. Only valid as long
    /// as `memory` is.
    var codes: ByteMatrixView { unsafe ByteMatrixView(memory.codes, rows: count, columns: stride) }
    /// The second plane [count, stride], padding included.
    var rests: ByteMatrixView { unsafe ByteMatrixView(memory.rests, rows: count, columns: stride) }

    /// The distance between rows of `dimension` bytes: whole cache lines, as
    /// nothing is gained from less and the kernels' fast loops take 64 bytes.
    static func stride(_ dimension: Int) -> Int { (dimension + 63) / 64 * 64 }

    /// Throws unless there can be `count` rows of `dimension` elements.
    static func check(count: Int, dimension: Int) throws(VectorIndexError) {
        guard (1...ByteMatrixView.maximumColumns).contains(dimension) else {
            throw VectorIndexError(
                .badShape, "the dimension \(dimension) is not from 1 to \(ByteMatrixView.maximumColumns)")
        }
        guard (0..<Self.maximumCount).contains(count) else {
            throw VectorIndexError(.badShape, "the count \(count) is not from 0 to \(maximumCount - 1)")
        }
    }

    /// Rows are numbered in 31 bits wherever there are many of them.
    static var maximumCount: Int { 1 << 31 - 1 }
}

/// Fills a collection of vectors row by row.
public struct QuantizedVectorsBuilder: ~Copyable {
    private let vectors: QuantizedVectors
    private var filled = 0

    /// A collection of `count` rows of `dimension` elements, to be filled.
    ///
    /// Throws `VectorIndexError` unless `count` is from 0 to 2³¹ - 2 and
    /// `dimension` from 1 to 65,536. O(count * dimension).
    public init(count: Int, dimension: Int) throws(VectorIndexError) {
        try QuantizedVectors.check(count: count, dimension: dimension)
        let memory = VectorMemory(rows: count, stride: QuantizedVectors.stride(dimension))
        vectors = QuantizedVectors(count: count, dimension: dimension, memory: memory)
    }

    /// Makes `vector` the next row. Throws `VectorIndexError` if it has
    /// another number of elements, or one that is not finite, or if there are
    /// `count` rows already. O(dimension).
    public mutating func append(quantizing vector: some Collection<Float>) throws(VectorIndexError) {
        let (codes, rests) = try unsafe nextRow(of: vector.count)
        let fill = { (floats: UnsafeBufferPointer<Float>) in
            unsafe Quantization.quantize(floats.baseAddress!, count: floats.count, planes: [codes, rests])
        }
        let scale = unsafe vector.withContiguousStorageIfAvailable(fill) ?? Array(vector).withUnsafeBufferPointer(fill)
        guard let scale else {
            let place = vector.enumerated().first { !$0.element.isFinite }!
            throw VectorIndexError(.vectorNotFinite, "element \(place.offset) of row \(filled) is \(place.element)")
        }
        store(scale)
    }

    /// Makes `row`, of another collection, the next row. Throws as
    /// `append(quantizing:)` does. O(dimension).
    public mutating func append(_ row: CodedRow) throws(VectorIndexError) {
        let (codes, rests) = try unsafe nextRow(of: row.codes.count)
        guard row.scale.isFinite else {
            throw VectorIndexError(.vectorNotFinite, "the scale of row \(filled) is \(row.scale)")
        }
        unsafe row.codes.withUnsafeBufferPointer { unsafe codes.update(from: $0.baseAddress!, count: $0.count) }
        unsafe row.rests.withUnsafeBufferPointer { unsafe rests.update(from: $0.baseAddress!, count: $0.count) }
        store(row.scale)
    }

    /// Makes zeros the next row: it fits nothing and scores 0. Throws
    /// `VectorIndexError` if there are `count` rows already. O(1).
    public mutating func appendZeros() throws(VectorIndexError) {
        _ = try unsafe nextRow(of: vectors.dimension)
        store(0)
    }

    /// The collection. Throws `VectorIndexError` unless it has all its rows.
    /// O(1).
    public consuming func finish() throws(VectorIndexError) -> QuantizedVectors {
        guard filled == vectors.count else {
            throw VectorIndexError(.badShape, "\(filled) of \(vectors.count) rows were filled")
        }
        return vectors
    }

    // Nobody else knows of the memory before `finish`: it may be written to.
    private func nextRow(
        of elements: Int
    ) throws(VectorIndexError) -> (UnsafeMutablePointer<Int8>, UnsafeMutablePointer<Int8>) {
        guard elements == vectors.dimension else {
            throw VectorIndexError(.badShape, "row \(filled) has \(elements) elements instead of \(vectors.dimension)")
        }
        guard filled < vectors.count else {
            throw VectorIndexError(.badShape, "there are \(vectors.count) rows already")
        }
        let start = filled * vectors.stride
        return unsafe (
            UnsafeMutablePointer(mutating: vectors.memory.codes + start),
            UnsafeMutablePointer(mutating: vectors.memory.rests + start)
        )
    }

    private mutating func store(_ scale: Float) {
        unsafe UnsafeMutablePointer(mutating: vectors.memory.scales)[filled] = scale
        filled += 1
    }
}
