import EngineTestSupport
import Evaluation
import Kernels
import Testing

@Suite("Vector kernels")
struct VectorKernelTests {
    @Test(arguments: KernelLevel.supported)
    func dotAgreesAtEverySizeAndAddress(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 7)
        for count in Array(0...67) + [383, 384, 385, 1000] {
            let (a, b) = (random.floats(count + 3), random.floats(count + 3))
            for start in 0..<3 {
                let (left, right) = (Array(a[start..<start + count]), Array(b[..<count]))
                let sum = kernels.dot(a.span.extracting(start..<start + count), right.span)
                let error = abs(sum - ReferenceKernels.dot(left, right))
                #expect(error <= MatrixKernelTests.tolerance(k: count), "\(count) elements")
            }
        }
    }

    @Test(arguments: KernelLevel.supported)
    func scoresAgree(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        var random = SeededGenerator(seed: 8)
        for (rows, columns) in (0...19).map({ ($0, 37) }) + (1...67).map({ (5, $0) }) + [(9, 384)] {
            let (elements, query) = (random.floats(rows * columns), random.floats(columns))
            let matrix = PaddedMatrix(elements, rows: rows, columns: columns, offset: columns % 3)
            var scores = [Float](repeating: .nan, count: rows)
            scores.withUnsafeMutableBufferPointer { kernels.scores(matrix.view.reading, query: query.span, into: $0) }
            let error = largestDifference(scores, ReferenceKernels.scores(elements, query: query))
            #expect(error <= MatrixKernelTests.tolerance(k: columns), "\(rows) rows of \(columns)")
        }
    }

    @Test(arguments: KernelLevel.supported)
    func nanAndInfinityComeThrough(level: KernelLevel) throws {
        let kernels = try Kernels(level: level)
        for place in 0..<40 {
            var values = [Float](repeating: 0, count: 40)
            let zeros = values
            values[place] = .infinity
            #expect(kernels.dot(values.span, zeros.span).isNaN)
            values[place] = .nan
            #expect(kernels.dot(values.span, zeros.span).isNaN)
        }
    }
}

@Suite("Kernel levels")
struct KernelLevelTests {
    @Test func thereIsAlwaysALevel() {
        #expect(KernelLevel.supported.contains(.scalar))
        #expect(KernelLevel.supported.contains(Kernels.level))
    }

    @Test func levelsThatCannotRunAreRefused() {
        for level in KernelLevel.allCases where !KernelLevel.supported.contains(level) {
            #expect(throws: KernelError.unsupported(level)) { try Kernels(level: level) }
        }
    }
}
