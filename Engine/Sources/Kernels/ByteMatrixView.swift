/// A row-major matrix of signed bytes that lies in memory owned by somebody
/// else. It does not keep that alive: use it only inside the scope that does.
@safe
public struct ByteMatrixView {
    /// The first byte.
    public let base: UnsafePointer<Int8>
    /// Number of rows.
    public let rows: Int
    /// Number of bytes in a row that count.
    public let columns: Int
    /// Distance between the starts of two rows, in bytes; at least `columns`.
    public let stride: Int

    /// A view of [rows, columns] bytes from `base` on; `stride` bytes lie
    /// between the starts of two rows, `columns` when omitted. Traps on more
    /// columns than `maximumColumns`.
    @inlinable
    public init(_ base: UnsafePointer<Int8>, rows: Int, columns: Int, stride: Int? = nil) {
        unsafe self.base = unsafe base
        self.rows = rows
        self.columns = columns
        self.stride = stride ?? columns
        precondition(rows >= 0 && columns >= 0 && self.stride >= columns, "not the shape of a matrix")
        precondition(columns <= Self.maximumColumns, "sums of products would not fit 32 bits")
    }

    /// The longest row whose product with any other fits 32 bits.
    @inlinable
    public static var maximumColumns: Int { 65_536 }

    /// The rows in `range`, where they lie. O(1).
    @inlinable
    public func rows(in range: Range<Int>) -> ByteMatrixView {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows outside the matrix")
        return unsafe ByteMatrixView(
            base + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride)
    }
}
