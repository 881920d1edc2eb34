import EngineTestSupport
import Evaluation
import Kernels
import Testing

/// Every level against the definition, and to the bit: sums of bytes are
/// exact.
@Suite("Byte kernels")
struct ByteKernelTests {
    /// Bytes as a matrix whose rows start at odd addresses, `gap` apart; what
    /// lies between and behind them is the most harmful byte there is.
    struct Rows {
        let bytes: [Int8]
        let rows: Int
        let columns: Int
        let stride: Int
        let offset: Int

        init(rows: Int, columns: Int, offset: Int, gap: Int, byte: () -> Int8) {
            (self.rows, self.columns, self.stride, self.offset) = (rows, columns, columns + gap, offset)
            var bytes = [Int8](repeating: 127, count: offset + rows * stride + 64)
            for row in 0..<rows {
                for column in 0..<columns { bytes[offset + row * stride + column] = byte() }
            }
            self.bytes = bytes
        }

        func row(_ row: Int) -> ArraySlice<Int8> {
            bytes[offset + row * stride..<offset + row * stride + columns]
        }

        func withView<Result>(_ body: (ByteMatrixView) -> Result) -> Result {
            bytes.withUnsafeBufferPointer {
                body(ByteMatrixView($0.baseAddress! + offset, rows: rows, columns: columns, stride: stride))
            }
        }
    }

    static func product(_ a: ArraySlice<Int8>, _ b: ArraySlice<Int8>) -> Int32 {
        zip(a, b).reduce(0) { $0 + Int32($1.0) * Int32($1.1) }
    }

    /// Sizes around the registers of all levels, and those of real vectors.
    static let sizes = Array(0...70) + [95, 96, 97, 127, 128, 129, 191, 192, 193, 383, 384, 385, 448, 1000]

    private func check(_ kernels: Kernels, _ rows: Rows, _ queries: Rows, _ random: inout SeededGenerator) {
        let mark = Int32.min
        var sums = [Int32](repeating: mark, count: rows.rows * queries.rows + 1)
        rows.withView { rows in
            queries.withView { queries in
                sums.withUnsafeMutableBufferPointer { sums in
                    kernels.scan(rows, queries: queries, into: UnsafeMutableBufferPointer(rebasing: sums.dropLast()))
                }
            }
        }
        let wanted = (0..<queries.rows).flatMap { query in
            (0..<rows.rows).map { Self.product(rows.row($0), queries.row(query)) }
        }
        #expect(sums == wanted + [mark], "\(rows.rows) rows of \(rows.columns) and \(queries.rows) queries")

        guard rows.rows > 0, queries.rows > 0 else { return }
        let ids = (0..<rows.rows + 3).map { _ in UInt32.random(in: 0..<UInt32(rows.rows), using: &random) }
        var picked = [Int32](repeating: mark, count: ids.count + 1)
        rows.withView { rows in
            queries.withView { queries in
                ids.withUnsafeBufferPointer { ids in
                    picked.withUnsafeMutableBufferPointer {
                        kernels.pick(ids, of: rows, query: queries.base, into: $0)
                    }
                }
            }
        }
        #expect(picked == ids.map { wanted[Int($0)] } + [mark], "\(ids.count) rows of \(rows.columns)")
        let (a, b) = (Array(rows.row(0)), Array(queries.row(0)))
        #expect(kernels.dot(a.span, b.span) == wanted[0], "\(a.count) bytes")
    }

    @Test(arguments: KernelLevel.supported)
    func everySizeAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 21)
        for columns in Self.sizes {
            for (rows, queries) in [(1, 1), (4, 2), (11, 3)] {
                // Every alignment in turn.
                let offset = columns % 7
                let left = Rows(rows: rows, columns: columns, offset: offset, gap: columns % 5) {
                    Int8.random(in: -127...127, using: &random)
                }
                let right = Rows(rows: queries, columns: columns, offset: columns % 3, gap: columns % 4) {
                    Int8.random(in: -127...127, using: &random)
                }
                check(kernels, left, right, &random)
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func everyNumberOfRowsAndQueriesAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 22)
        for rows in Array(0...19) + [130] {
            for queries in 0...9 {
                let left = Rows(rows: rows, columns: 70, offset: 1, gap: 3) {
                    Int8.random(in: -127...127, using: &random)
                }
                let right = Rows(rows: queries, columns: 70, offset: 2, gap: 1) {
                    Int8.random(in: -127...127, using: &random)
                }
                check(kernels, left, right, &random)
            }
        }
    }

    /// The largest products there are, where 16 bits come closest to
    /// overflowing, and the longest rows, where 32 bits do.
    @Test(arguments: KernelLevel.supported)
    func extremesDoNotSaturate(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 23)
        for columns in [1, 31, 32, 33, 63, 64, 65, 128, 384, 385, 65_536] {
            for left in [Int8(-127), 127, 0] {
                for right in [Int8(-127), 127] {
                    let rows = Rows(rows: 5, columns: columns, offset: 1, gap: 0) { left }
                    let queries = Rows(rows: 3, columns: columns, offset: 3, gap: 0) { right }
                    check(kernels, rows, queries, &random)
                }
            }
        }
        for _ in 0..<50 {
            let rows = Rows(rows: 5, columns: 100, offset: 1, gap: 0) {
                [Int8(-127), -1, 0, 1, 127].randomElement(using: &random)!
            }
            let queries = Rows(rows: 3, columns: 100, offset: 3, gap: 0) {
                [Int8(-127), -1, 0, 1, 127].randomElement(using: &random)!
            }
            check(kernels, rows, queries, &random)
        }
    }
}
