/// A row-major matrix of floats that lies in memory owned by somebody else:
/// a memory map, or a scratch buffer.
///
/// `Span` cannot express a block of columns (one attention head), whose rows
/// are further apart than they are long; hence this view. It does not keep
/// its memory alive: use it only inside the scope that does.
@safe
public struct MatrixView {
    /// The first element.
    public let base: UnsafePointer<Float>
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// Distance between the starts of two rows, in floats; at least `columns`.
    public let stride: Int

    /// A view of [rows, columns] floats from `base` on; `stride` floats lie
    /// between the starts of two rows, `columns` when omitted.
    @inlinable
    public init(_ base: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.base = unsafe base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
        precondition(rows >= 0 && columns >= 0 && self.stride >= columns, "not the shape of a matrix")
    }
}

/// As `MatrixView`, for results.
@safe
public struct MutableMatrixView {
    /// The first element.
    public let base: UnsafeMutablePointer<Float>
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// Distance between the starts of two rows, in floats; at least `columns`.
    public let stride: Int

    /// A view of [rows, columns] floats from `base` on; `stride` floats lie
    /// between the starts of two rows, `columns` when omitted.
    @inlinable
    public init(_ base: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.base = unsafe base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
        precondition(rows >= 0 && columns >= 0 && self.stride >= columns, "not the shape of a matrix")
    }

    /// The same matrix, for reading.
    @inlinable
    public var reading: MatrixView { unsafe MatrixView(base, rows: rows, columns: columns, stride: stride) }

    /// The block of these rows. O(1).
    @inlinable
    public func rows(_ range: Range<Int>) -> MutableMatrixView {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows outside of the matrix")
        return unsafe MutableMatrixView(
            base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
    }
}
