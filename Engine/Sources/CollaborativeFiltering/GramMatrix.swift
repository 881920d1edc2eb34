/// The products of all columns of a sparse matrix with each other.
enum GramMatrix {
    /// Fills the upper triangle, the diagonal with it, of the first rows and
    /// columns of a matrix; what is left of the diagonal there is zero. Each
    /// row begins `stride` after the one before. O(sum over users of their
    /// items squared); uses all cores.
    static func fill(_ matrix: UnsafeMutablePointer<Float>, of interactions: Interactions, stride: Int) {
        // Every row is written by one thread.
        nonisolated(unsafe) let matrix = unsafe matrix
        interactions.withRows { users, columns in
            Parallel.forEach(0..<interactions.itemCount, atOnce: 16, scratch: {}) { rows, _ in
                for item in rows {
                    let row = unsafe matrix + item * stride
                    unsafe row.initialize(repeating: 0, count: interactions.itemCount)
                    unsafe fill(row, item, users, columns)
                }
            }
        }
    }

    private static func fill(
        _ row: UnsafeMutablePointer<Float>, _ item: Int, _ users: SparseRows, _ columns: SparseRows
    ) {
        for place in columns.range(item) {
            let own = columns.value(place)
            let range = unsafe users.range(Int(columns.indices[place]))
            // Items rise: those before this one are in the rows before.
            if users.isPlain {
                for other in range.reversed() {
                    let index = unsafe Int(users.indices[other])
                    if index < item { break }
                    unsafe row[index] += own
                }
            } else {
                for other in range.reversed() {
                    let index = unsafe Int(users.indices[other])
                    if index < item { break }
                    unsafe row[index] += own * users.values[other]
                }
            }
        }
    }

    /// Copies the upper triangle into the lower one, tile by tile so that both
    /// stay in the cache. O(count²)
    static func mirror(_ matrix: UnsafeMutablePointer<Float>, count: Int) {
        let tile = 32
        nonisolated(unsafe) let matrix = unsafe matrix
        Parallel.forEach(0..<(count + tile - 1) / tile, atOnce: 4, scratch: {}) { tiles, _ in
            for top in tiles.lazy.map({ $0 * tile }) {
                for left in stride(from: 0, through: top, by: tile) {
                    for row in top..<min(top + tile, count) {
                        for column in left..<min(left + tile, row) {
                            unsafe matrix[row * count + column] = unsafe matrix[column * count + row]
                        }
                    }
                }
            }
        }
    }
}
