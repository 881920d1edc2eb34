import EngineTestSupport
import Evaluation
import Testing
import VectorIndex

@Suite("Quantized vectors")
struct QuantizedVectorsTests {
    @Test func twoPlanesAreCloseToTheFloats() throws {
        var random = SeededGenerator(seed: 31)
        for dimension in [1, 2, 7, 63, 64, 65, 384, 385] {
            for size in [Float(1e-20), 1e-3, 1, 3e30] {
                let floats = random.floats(9 * dimension, in: -size...size)
                let vectors = try QuantizedVectors(quantizing: floats, dimension: dimension)
                #expect(vectors.count == 9 && vectors.dimension == dimension)
                for row in 0..<9 {
                    let wanted = floats[row * dimension..<(row + 1) * dimension]
                    let largest = wanted.reduce(0) { max($0, abs($1)) }
                    // Half a step of the second plane, and float roundings.
                    let tolerance = largest / 127 / 254 * 0.51
                    let error = zip(vectors.vector(at: row), wanted).reduce(0) { max($0, abs($1.0 - $1.1)) }
                    #expect(error <= tolerance, "row \(row) of \(dimension) elements up to \(size)")
                    let coded = vectors.codedRow(at: row)
                    #expect(coded.codes.contains { abs(Int($0)) == 127 })
                    #expect(!coded.codes.contains(-128) && !coded.rests.contains(-128))
                }
            }
        }
    }

    @Test func extremesKeepTheirSizes() throws {
        let largest = Float.greatestFiniteMagnitude
        let floats: [Float] = [largest, -largest, 0, Float(bitPattern: 7), -1e-31, 1e-38, 0, -0.0, 0]
        let vectors = try QuantizedVectors(quantizing: floats, dimension: 3)
        #expect(vectors.vector(at: 0).map { $0 / largest }.map { ($0 * 1000).rounded() } == [1000, -1000, 0])
        // Too small for a scale.
        #expect(vectors.vector(at: 1) == [0, 0, 0])
        #expect(vectors.vector(at: 2) == [0, 0, 0])
        #expect(vectors.codedRow(at: 2).scale == 0)
    }

    @Test(arguments: [Float.nan, -.nan, .infinity, -.infinity])
    func whatIsNoNumberIsRefused(element: Float) {
        for place in 0..<70 {
            var floats = [Float](repeating: 1, count: 70)
            floats[place] = element
            #expect {
                try QuantizedVectors(quantizing: floats, dimension: 35)
            } throws: {
                ($0 as? VectorIndexError)?.code == .vectorNotFinite
                    && "\($0)".contains("element \(place % 35) of row \(place / 35) is")
            }
        }
    }

    @Test func shapesMustFit() {
        for (count, dimension) in [(5, 2), (5, 0), (5, -1), (65_537, 65_537)] {
            #expect {
                try QuantizedVectors(quantizing: [Float](repeating: 0, count: count), dimension: dimension)
            } throws: {
                ($0 as? VectorIndexError)?.code == .badShape
            }
        }
        for (count, dimension) in [(-1, 3), (1 << 31, 3), (Int.max, 3), (3, Int.max)] {
            #expect {
                _ = try QuantizedVectorsBuilder(count: count, dimension: dimension)
            } throws: {
                ($0 as? VectorIndexError)?.code == .badShape
            }
        }
    }

    @Test func rowsMoveBitByBit() throws {
        let fixture = VectorFixture.random(count: 20, dimension: 37, seed: 32)
        let vectors = try fixture.quantized()
        var builder = try QuantizedVectorsBuilder(count: 21, dimension: 37)
        for row in (0..<20).reversed() { try builder.append(vectors.codedRow(at: row)) }
        try builder.appendZeros()
        let moved = try builder.finish()
        for row in 0..<20 { #expect(moved.codedRow(at: 19 - row) == vectors.codedRow(at: row)) }
        #expect(moved.vector(at: 20) == [Float](repeating: 0, count: 37))
        // Floats that went through bytes and back come out near, and only near.
        var again = try QuantizedVectorsBuilder(count: 1, dimension: 37)
        try again.append(quantizing: vectors.vector(at: 0)[...])
        let twice = try again.finish().vector(at: 0)
        #expect(zip(twice, fixture.row(0)).allSatisfy { abs($0 - $1) < 3e-5 })
    }

    @Test func aBuilderWantsItsRows() throws {
        #expect(throws: VectorIndexError.self) {
            var builder = try QuantizedVectorsBuilder(count: 2, dimension: 2)
            try builder.append(quantizing: [1, 2])
            _ = try builder.finish()
        }
        #expect(throws: VectorIndexError.self) {
            var builder = try QuantizedVectorsBuilder(count: 1, dimension: 2)
            try builder.append(quantizing: [1, 2])
            try builder.append(quantizing: [3, 4])
        }
        #expect(throws: VectorIndexError.self) {
            var builder = try QuantizedVectorsBuilder(count: 1, dimension: 2)
            try builder.append(quantizing: [1, 2, 3])
        }
        #expect(throws: VectorIndexError.self) {
            var builder = try QuantizedVectorsBuilder(count: 1, dimension: 3)
            try builder.append(try QuantizedVectors(quantizing: [1, 2], dimension: 2).codedRow(at: 0))
        }
    }
}

@Suite("Row filters")
struct RowFilterTests {
    @Test(arguments: [0, 1, 63, 64, 65, 1000])
    func aFilterIsASet(count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        var set = Set<Int>()
        var filter = RowFilter(count: count)
        for _ in 0..<300 where count > 0 {
            let row = Int.random(in: 0..<count, using: &random)
            if Bool.random(using: &random) {
                set.insert(row)
                filter.insert(row)
            } else {
                set.remove(row)
                filter.remove(row)
            }
        }
        #expect(filter.matching == set.count)
        #expect((-3..<count + 70).allSatisfy { filter.contains($0) == set.contains($0) })

        let excluded = (0..<20).map { _ in Int.random(in: -5...count + 5, using: &random) }
        let others = RowFilter(count: count, excluding: excluded)
        let rest = Set(0..<count).subtracting(excluded)
        #expect((-3..<count + 70).allSatisfy { others.contains($0) == rest.contains($0) })
        // A search decides by this number whether it has found all there are.
        #expect(others.matching == rest.count)
        var both = filter
        both.formIntersection(others)
        #expect(both.matching == set.subtracting(excluded).count)
    }
}
