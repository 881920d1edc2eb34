import EngineTestSupport
import Evaluation
import Kernels
import Testing

/// Every level against the definitions. A sum of k products differs from the
/// exact one by at most about k · 2⁻²⁴ · Σ|aᵢ·bᵢ|; with elements up to 1 in
/// size that is k² · 6e-8 at worst, and in practice, as errors cancel, below
/// √k · 1e-6, for which the tests allow (√k + 1) · 2e-6.
@Suite("Matrix kernels")
struct MatrixKernelTests {
    static func tolerance(k: Int) -> Float { (Float(k).squareRoot() + 1) * 2e-6 }

    @Test(arguments: KernelLevel.supported)
    func everySizeOfALinearLayerAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 1)
        for size in 1...67 {
            // Each of the three sizes is awkward in turn, the others follow.
            try check(kernels, m: size, n: 5, k: 33, &random)
            try check(kernels, m: 7, n: size, k: 17, &random)
            try check(kernels, m: 5, n: 6, k: size, &random)
        }
    }

    @Test(arguments: KernelLevel.supported)
    func blockBoundariesAgree(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 2)
        for k in [383, 384, 385, 767, 768, 769, 1535, 1536, 1537] {
            try check(kernels, m: 9, n: 131, k: k, &random)
        }
        // Beyond one block of columns.
        try check(kernels, m: 3, n: 600, k: 384, &random)
    }

    @Test(arguments: KernelLevel.supported)
    func noProductsAreZero(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 3)
        try check(kernels, m: 3, n: 5, k: 0, &random)
        try check(kernels, m: 0, n: 5, k: 4, &random)
        try check(kernels, m: 3, n: 0, k: 4, &random)
    }

    @Test(arguments: KernelLevel.supported)
    func aRowDoesNotDependOnItsCompany(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 4)
        let (n, k) = (39, 401)
        let a = PaddedMatrix(random.floats(13 * k), rows: 13, columns: k, offset: 3)
        let b = PaddedMatrix(random.floats(n * k), rows: n, columns: k, offset: 1)
        let together = PaddedMatrix(rows: 13, columns: n, offset: 0)
        kernels.multiply(a.view.reading, transposed: b.view.reading, into: together.view)
        for row in 0..<13 {
            let alone = PaddedMatrix(rows: 1, columns: n, offset: 0)
            let view = MatrixView(a.view.base + row * a.view.stride, rows: 1, columns: k)
            kernels.multiply(view, transposed: b.view.reading, into: alone.view)
            #expect(alone.elements == Array(together.elements[row * n..<(row + 1) * n]))
        }
    }

    @Test(arguments: KernelLevel.supported)
    func nanStaysInItsRowAndColumn(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var values = [Float](repeating: 1, count: 9 * 21)
        values[4 * 21 + 20] = .nan
        let a = PaddedMatrix(values, rows: 9, columns: 21, offset: 0)
        let b = PaddedMatrix([Float](repeating: 1, count: 6 * 21), rows: 6, columns: 21, offset: 0)
        let result = PaddedMatrix(rows: 9, columns: 6, offset: 0)
        kernels.multiply(a.view.reading, transposed: b.view.reading, into: result.view)
        for place in 0..<54 {
            #expect(place / 6 == 4 ? result.elements[place].isNaN : result.elements[place] == 21)
        }
    }

    private func check(_ kernels: Kernels, m: Int, n: Int, k: Int, _ random: inout SeededGenerator) throws {
        let (aElements, bElements, bias) = (random.floats(m * k), random.floats(n * k), random.floats(n))
        let a = PaddedMatrix(aElements, rows: m, columns: k, offset: (m + k) % 5)
        let b = PaddedMatrix(bElements, rows: n, columns: k, offset: (n + k) % 7)
        let result = PaddedMatrix(rows: m, columns: n, offset: 1)
        let tolerance = Self.tolerance(k: k)

        bias.withUnsafeBufferPointer { bias in
            kernels.multiply(
                a.view.reading, transposed: b.view.reading, bias: bias.baseAddress, into: result.view)
        }
        let wanted = ReferenceKernels.multiply(aElements, transposed: bElements, bias: bias, m: m, n: n, k: k)
        #expect(largestDifference(result.elements, wanted) <= tolerance, "[\(m), \(k)] · [\(n), \(k)]ᵀ + bias")
        #expect(result.paddingIsUntouched)

        kernels.multiply(a.view.reading, transposed: b.view.reading, into: result.view)
        let unbiased = ReferenceKernels.multiply(aElements, transposed: bElements, m: m, n: n, k: k)
        #expect(largestDifference(result.elements, unbiased) <= tolerance, "[\(m), \(k)] · [\(n), \(k)]ᵀ")

        // The same elements as [k, n].
        let right = PaddedMatrix(bElements, rows: k, columns: n, offset: 2)
        kernels.multiply(a.view.reading, right.view.reading, into: result.view)
        let plain = ReferenceKernels.multiply(aElements, bElements, m: m, n: n, k: k)
        #expect(largestDifference(result.elements, plain) <= tolerance, "[\(m), \(k)] · [\(k), \(n)]")
        #expect(result.paddingIsUntouched)
    }
}
