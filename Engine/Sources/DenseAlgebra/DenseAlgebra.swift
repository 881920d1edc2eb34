internal import COpenBLAS
internal import Synchronization

/// Matrices of floats by OpenBLAS and LAPACK. All are in row order; their
/// places and sizes are the caller's responsibility, as in BLAS.
package enum DenseAlgebra {
    /// How many threads OpenBLAS works on is one number for the whole process,
    /// and how it shares work decides the last bits of results. So those who
    /// set it take turns.
    private static let turn = Mutex(())

    /// Runs `body` with that many threads for each operation: one, where the
    /// caller itself works on several. Not to be nested.
    package static func withThreads<Result: Sendable, Failure: Error>(
        _ count: Int, _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try turn.withLock { _ throws(Failure) in
            let before = openblas_get_num_threads()
            openblas_set_num_threads(Int32(count))
            defer { openblas_set_num_threads(before) }
            return try body()
        }
    }

    /// product = a · bᵀ with a [rows, inner], b [columns, inner] and
    /// product [rows, columns]. O(rows * columns * inner).
    package static func multiply(
        _ a: UnsafePointer<Float>, transposed b: UnsafePointer<Float>, into product: UnsafeMutablePointer<Float>,
        rows: Int, columns: Int, inner: Int
    ) {
        unsafe cblas_sgemm(
            Int32(BLAS_ROW_MAJOR), Int32(BLAS_PLAIN), Int32(BLAS_TRANSPOSED), Int32(rows), Int32(columns), Int32(inner),
            1, a, Int32(inner), b, Int32(inner), 0, product, Int32(columns))
    }

    /// result = scale · aᵀ · b + keep · result with a [inner, rows],
    /// b [inner, columns] and result [rows, columns].
    /// O(rows * columns * inner).
    package static func multiply(
        transposed a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, scale: Float = 1, keep: Float = 0,
        into result: UnsafeMutablePointer<Float>, rows: Int, columns: Int, inner: Int
    ) {
        unsafe cblas_sgemm(
            Int32(BLAS_ROW_MAJOR), Int32(BLAS_TRANSPOSED), Int32(BLAS_PLAIN), Int32(rows), Int32(columns), Int32(inner),
            scale, a, Int32(rows), b, Int32(columns), keep, result, Int32(columns))
    }

    /// y = scale · a · x + keep · y with a [rows, columns].
    /// O(rows * columns).
    package static func multiply(
        _ a: UnsafePointer<Float>, vector x: UnsafePointer<Float>, scale: Float = 1, keep: Float = 0,
        into y: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        unsafe cblas_sgemv(
            Int32(BLAS_ROW_MAJOR), Int32(BLAS_PLAIN), Int32(rows), Int32(columns), scale, a, Int32(columns), x, 1, keep,
            y,
            1)
    }

    /// y = scale · aᵀ · x + keep · y with a [rows, columns].
    /// O(rows * columns).
    package static func multiply(
        transposed a: UnsafePointer<Float>, vector x: UnsafePointer<Float>, scale: Float = 1, keep: Float = 0,
        into y: UnsafeMutablePointer<Float>, rows: Int, columns: Int
    ) {
        unsafe cblas_sgemv(
            Int32(BLAS_ROW_MAJOR), Int32(BLAS_TRANSPOSED), Int32(rows), Int32(columns), scale, a, Int32(columns), x, 1,
            keep, y, 1)
    }

    /// Adds scale · aᵀ · a to the upper triangle of `sum` [columns, columns],
    /// a [rows, columns]. O(rows * columns²).
    package static func addGramMatrix(
        of a: UnsafePointer<Float>, rows: Int, columns: Int, scale: Float, to sum: UnsafeMutablePointer<Float>
    ) {
        unsafe cblas_ssyrk(
            Int32(BLAS_ROW_MAJOR), Int32(BLAS_UPPER), Int32(BLAS_TRANSPOSED), Int32(columns), Int32(rows), scale, a,
            Int32(columns), 1, sum, Int32(columns))
    }

    // What is the upper triangle in row order is the lower one in the column order of LAPACK.

    /// Puts Cholesky's factor in place of the upper triangle of a positive
    /// definite matrix [count, count]. False where it is not positive
    /// definite. O(count³ / 3).
    package static func factor(_ matrix: UnsafeMutablePointer<Float>, count: Int) -> Bool {
        var (size, info) = (Int32(count), Int32(0))
        unsafe spotrf_("L", &size, matrix, &size, &info)
        return info == 0
    }

    /// Puts the inverse's upper triangle in place of a factor's.
    /// O(2 count³ / 3).
    package static func invert(factor: UnsafeMutablePointer<Float>, count: Int) -> Bool {
        var (size, info) = (Int32(count), Int32(0))
        unsafe spotri_("L", &size, factor, &size, &info)
        return info == 0
    }

    /// Puts the solutions in place of the right sides [sides, count], each a
    /// row. O(count² * sides).
    package static func solve(
        factor: UnsafePointer<Float>, count: Int, sides: UnsafeMutablePointer<Float>, sideCount: Int = 1
    ) {
        var (size, columns, info) = (Int32(count), Int32(sideCount), Int32(0))
        unsafe spotrs_("L", &size, &columns, factor, &size, sides, &size, &info)
    }
}
