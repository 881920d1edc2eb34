internal import CKernels

/// A linear layer of bytes, packed for the kernels, in memory owned by
/// somebody else: a memory map. Use it only inside the scope that keeps it.
///
/// A weight is `scale[row] * byte`; an input is multiplied by `factors`
/// before it is quantised, and the weights were divided by them.
@safe
public struct PackedLinear {
    /// Output rows lie in blocks of this many.
    public static let blockRows = Int(CKERNELS_BLOCK_ROWS)
    /// The depth is padded with zeros to a multiple of this.
    public static let blockDepth = Int(CKERNELS_BLOCK_DEPTH)
    /// The positive weights of every lane add up to at most this, and so do
    /// the negative ones; the lanes of 8 successive weights are those at 0,
    /// 1, 4, 5 and at 2, 3, 6, 7. Then no sum of the 16-bit kernels overflows.
    public static let laneLimit = Int(CKERNELS_LANE_LIMIT)

    /// The number of outputs.
    public let rows: Int
    /// The number of inputs.
    public let columns: Int
    /// `columns`, padded.
    public let depth: Int
    /// [columns]
    public let factors: UnsafePointer<Float>
    let weights: UnsafePointer<Int8>
    let scales: UnsafePointer<Float>
    let sums: UnsafePointer<Int32>
    let bias: UnsafePointer<Float>

    /// A layer of [rows, columns].
    ///
    /// `weights` holds `paddedRows(rows) * depth(of: columns)` bytes in the
    /// order of `place`; `scales`, `sums` (of each row's bytes) and `bias`
    /// have `paddedRows(rows)` elements, `factors` has `columns`.
    public init(
        rows: Int, columns: Int, weights: UnsafePointer<Int8>, scales: UnsafePointer<Float>,
        sums: UnsafePointer<Int32>, bias: UnsafePointer<Float>, factors: UnsafePointer<Float>
    ) {
        precondition(rows >= 0 && columns >= 0, "not the shape of a matrix")
        self.rows = rows
        self.columns = columns
        self.depth = Self.depth(of: columns)
        unsafe self.weights = unsafe weights
        unsafe self.scales = unsafe scales
        unsafe self.sums = unsafe sums
        unsafe self.bias = unsafe bias
        unsafe self.factors = unsafe factors
    }

    /// `columns`, rounded up to whole blocks. O(1).
    public static func depth(of columns: Int) -> Int {
        (columns + blockDepth - 1) / blockDepth * blockDepth
    }

    /// `rows`, rounded up to whole blocks. O(1).
    public static func paddedRows(_ rows: Int) -> Int {
        (rows + blockRows - 1) / blockRows * blockRows
    }

    /// Where the weight of `row` and `column` lies among the packed bytes: in
    /// blocks of 16 rows, of which 4 columns at a time lie together. O(1).
    public static func place(row: Int, column: Int, depth: Int) -> Int {
        let (block, inBlock) = row.quotientAndRemainder(dividingBy: blockRows)
        return ((block * (depth / 4) + column / 4) * blockRows + inBlock) * 4 + column % 4
    }
}

/// Rows of activations as bytes, in memory owned by somebody else: an
/// activation is `scale[row] * (byte - zero[row])`.
@safe
public struct QuantizedRows {
    /// The number of rows.
    public let rows: Int
    /// The number of bytes of a row, padding included.
    public let depth: Int
    /// [rows, depth]
    public let bytes: UnsafeMutablePointer<UInt8>
    /// [rows]; NaN for a row that holds NaN or an infinity.
    public let scales: UnsafeMutablePointer<Float>
    /// [rows]
    public let zeros: UnsafeMutablePointer<Int32>

    /// Rows over the given memory, which has room for [rows, depth] bytes and
    /// `rows` scales and zeros.
    public init(
        rows: Int, depth: Int, bytes: UnsafeMutablePointer<UInt8>, scales: UnsafeMutablePointer<Float>,
        zeros: UnsafeMutablePointer<Int32>
    ) {
        precondition(rows >= 0 && depth >= 0, "not the shape of a matrix")
        self.rows = rows
        self.depth = depth
        unsafe self.bytes = unsafe bytes
        unsafe self.scales = unsafe scales
        unsafe self.zeros = unsafe zeros
    }
}
