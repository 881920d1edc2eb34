/// The rows, or the columns, of a sparse matrix as they lie in memory, for
/// loops that run a billion times.
///
/// Sendable without the compiler's proof: nothing is written through it, and
/// whoever makes it keeps the memory alive while it is used.
@safe
struct SparseRows: @unchecked Sendable {
    // [rows + 1], [entries], [entries] or nothing where all values are 1.
    let offsets: UnsafeBufferPointer<Int>
    let indices: UnsafeBufferPointer<UInt32>
    let values: UnsafeBufferPointer<Float>

    var isPlain: Bool { unsafe values.isEmpty }

    func range(_ row: Int) -> Range<Int> { unsafe offsets[row]..<offsets[row + 1] }

    func value(_ place: Int) -> Float { unsafe isPlain ? 1 : values[place] }
}

extension Interactions {
    /// By users and by items.
    func withRows<Result, Failure: Error>(
        _ body: (_ users: SparseRows, _ items: SparseRows) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Self.withRows(userOffsets, userItems, userValues) { users throws(Failure) in
            try Self.withRows(itemOffsets, itemUsers, itemValues) { items throws(Failure) in
                try body(users, items)
            }
        }
    }

    private static func withRows<Result, Failure: Error>(
        _ offsets: [Int], _ indices: [UInt32], _ values: [Float], _ body: (SparseRows) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe offsets.withUnsafeBufferPointer { offsets throws(Failure) in
            try unsafe indices.withUnsafeBufferPointer { indices throws(Failure) in
                try unsafe values.withUnsafeBufferPointer { values throws(Failure) in
                    try unsafe body(SparseRows(offsets: offsets, indices: indices, values: values))
                }
            }
        }
    }
}
