import EngineTestSupport
import Evaluation
import Kernels
import Testing

/// Every level against the definitions in double precision.
@Suite("Row kernels")
struct RowKernelTests {
    /// Normalised rows have elements of size up to √n, each with a few
    /// roundings of 6e-8, and mean and variance with √n of them.
    @Test(arguments: KernelLevel.supported)
    func layerNormAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 5)
        for columns in Array(2...67) + [383, 384, 385] {
            let rows = 3
            let count = rows * columns
            let (x, residual) = (random.floats(count, in: -3...5), random.floats(count))
            let (gain, bias) = (random.floats(columns), random.floats(columns))
            for added in [nil, residual] {
                let matrix = PaddedMatrix(x, rows: rows, columns: columns, offset: columns % 4)
                let other = PaddedMatrix(added, rows: rows, columns: columns, offset: columns % 4)
                kernels.layerNorm(
                    matrix.view, adding: added == nil ? nil : UnsafePointer(other.view.base), gain: gain, bias: bias,
                    epsilon: 1e-12)
                let wanted = (0..<rows).flatMap { row in
                    let range = row * columns..<(row + 1) * columns
                    return ReferenceKernels.layerNorm(
                        Array(x[range]), adding: added.map { Array($0[range]) }, gain: gain, bias: bias, epsilon: 1e-12)
                }
                // Two nearly equal elements divide by little: allow for it.
                let tolerance: Float = columns < 8 ? 1e-4 : 4e-6
                #expect(largestDifference(matrix.elements, wanted) <= tolerance, "\(columns) columns")
                #expect(matrix.paddingIsUntouched)
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func layerNormOfEqualElementsIsTheBias(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        let matrix = PaddedMatrix([Float](repeating: 2, count: 64), rows: 2, columns: 32, offset: 0)
        let bias = (0..<32).map(Float.init)
        kernels.layerNorm(matrix.view, gain: [Float](repeating: 3, count: 32), bias: bias, epsilon: 1e-12)
        #expect(matrix.elements == bias + bias)
    }

    /// Shares are at most 1; the exponential errs by 2e-7, the sum of n
    /// positive terms and the quotient by a few 1e-7 more.
    @Test(arguments: KernelLevel.supported)
    func softmaxAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 6)
        for columns in Array(1...67) + [100, 255, 256, 257] {
            for spread in [Float(1), 30, 1000] {
                let x = random.floats(3 * columns, in: -spread...spread)
                let matrix = PaddedMatrix(x, rows: 3, columns: columns, offset: columns % 3)
                kernels.softmax(matrix.view, scale: 0.25)
                let wanted = (0..<3).flatMap { row in
                    ReferenceKernels.softmax(Array(x[row * columns..<(row + 1) * columns]), scale: 0.25)
                }
                // An argument of 250 is rounded to 1.5e-5 before it is one of
                // the exponential.
                #expect(largestDifference(matrix.elements, wanted) <= max(1e-6, spread * 1e-7), "\(columns) columns")
                #expect(matrix.paddingIsUntouched)
            }
        }
    }

    /// Where arguments are exact, only the exponential (2e-7 of its value), the
    /// sum of 161 terms and the quotient err.
    @Test(arguments: KernelLevel.supported)
    func smallSharesAreAsAccurateAsLargeOnes(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        let x = (0...160).map { Float($0) / -8 }
        let matrix = PaddedMatrix(x, rows: 1, columns: x.count, offset: 0)
        kernels.softmax(matrix.view, scale: 1)
        let errors = zip(matrix.elements, ReferenceKernels.softmax(x, scale: 1)).map { abs($0 / $1 - 1) }
        #expect(errors.allSatisfy { $0 < 8e-7 }, "up to \(errors.max() ?? 0)")
    }

    @Test(arguments: KernelLevel.supported)
    func softmaxOfNaNIsNaNInItsRowAlone(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        for place in 0..<35 {
            var x = [Float](repeating: 1, count: 70)
            x[place] = .nan
            let matrix = PaddedMatrix(x, rows: 2, columns: 35, offset: 0)
            kernels.softmax(matrix.view, scale: 1)
            #expect(matrix.elements[..<35].allSatisfy { $0.isNaN })
            #expect(matrix.elements[35...].allSatisfy { abs($0 - 1 / 35) < 1e-8 })
        }
    }

    @Test(arguments: KernelLevel.supported)
    func softmaxBearsExtremes(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        let matrix = PaddedMatrix([-.greatestFiniteMagnitude, 0, 3e38, -.infinity], rows: 1, columns: 4, offset: 0)
        kernels.softmax(matrix.view, scale: 1)
        #expect(largestDifference(matrix.elements, [0, 0, 1, 0]) < 1e-30)
    }

    /// 4e-7 · |x|, as argued beside the kernel; the reference's own rounding
    /// is far below.
    @Test(arguments: KernelLevel.supported)
    func geluAgrees(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        let tiny = Float.leastNormalMagnitude
        let x = stride(from: Float(-20), through: 20, by: 0.000_61).map { $0 } + [0, -0, tiny, -tiny, tiny / 16]
        var fast = x
        fast.withUnsafeMutableBufferPointer { kernels.gelu($0) }
        let wrong = zip(x, zip(fast, ReferenceKernels.gelu(x))).filter { x, results in
            !(abs(results.0 - results.1) <= 4e-7 * abs(x))
        }
        #expect(wrong.isEmpty, "among others: gelu(\(wrong.first?.0 ?? 0))")
    }

    @Test(arguments: KernelLevel.supported)
    func geluBearsEveryCountAndExtremes(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        for count in 0...67 {
            let matrix = PaddedMatrix([Float](repeating: 1, count: count), rows: 1, columns: count, offset: count % 4)
            kernels.gelu(UnsafeMutableBufferPointer(start: matrix.view.base, count: count))
            #expect(matrix.elements.allSatisfy { abs($0 - 0.841_344_75) < 3e-7 })
            #expect(matrix.paddingIsUntouched)
        }
        var extremes: [Float] = [.infinity, 3e38, -3e38, .nan, -100]
        extremes.withUnsafeMutableBufferPointer { kernels.gelu($0) }
        #expect(extremes[0] == .infinity)
        #expect(extremes[1] == 3e38)
        #expect(abs(extremes[2]) < 2)
        #expect(extremes[3].isNaN)
        #expect(abs(extremes[4]) < 1e-30)
    }
}
