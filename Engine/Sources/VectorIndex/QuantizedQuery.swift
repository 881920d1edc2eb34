internal import Kernels

/// A query in three planes of bytes, as precise as its floats, so that scores
/// are sums of integers: the same on every machine.
struct QuantizedQuery {
    let scale: Float
    /// [3, stride].
    let planes: [Int8]

    /// Throws `VectorIndexError` unless `vector` fits `vectors` and is finite.
    /// O(dimension).
    init(_ vector: [Float], for vectors: QuantizedVectors) throws(VectorIndexError) {
        guard vector.count == vectors.dimension else {
            throw VectorIndexError(
                .wrongQueryDimension, "the query has \(vector.count) elements, the rows have \(vectors.dimension)")
        }
        let stride = vectors.stride
        var planes = [Int8](repeating: 0, count: 3 * stride)
        let scale = unsafe planes.withUnsafeMutableBufferPointer { planes in
            let first = planes.baseAddress!
            return unsafe vector.withUnsafeBufferPointer {
                unsafe Quantization.quantize(
                    $0.baseAddress!, count: $0.count, planes: [first, first + stride, first + 2 * stride])
            }
        }
        guard let scale else {
            let place = vector.firstIndex { !$0.isFinite }!
            throw VectorIndexError(.queryNotFinite, "element \(place) is \(vector[place])")
        }
        self.scale = scale
        self.planes = planes
    }
}

extension QuantizedVectors {
    /// The scores of `rows`, from both planes of each: within about 2⁻¹⁶ of
    /// those of the floats. Each must be a row. O(rows.count * dimension).
    func scores(of rows: [UInt32], to query: QuantizedQuery) -> [Float] {
        defer { withExtendedLifetime(memory) {} }
        let part = 1 / Double(Quantization.refinement)
        // The product of the query's third plane and the second of a row is
        // less than the rounding of a float.
        let products = [
            (0, codes, 1), (1, codes, part), (0, rests, part), (1, rests, part * part), (2, codes, part * part),
        ]
        var totals = [Double](repeating: 0, count: rows.count)
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { sums in
            unsafe sums.initialize(repeating: 0)
            unsafe query.planes.withUnsafeBufferPointer { planes in
                unsafe rows.withUnsafeBufferPointer { rows in
                    for (plane, matrix, unit) in products {
                        unsafe kernels.pick(rows, of: matrix, query: planes.baseAddress! + plane * stride, into: sums)
                        for index in rows.indices { unsafe totals[index] += Double(sums[index]) * unit }
                    }
                }
            }
        }
        return rows.indices.map { index in
            unsafe Float(totals[index] * Double(query.scale) * Double(memory.scales[Int(rows[index])]))
        }
    }

    /// The scores of `rows` by the first planes alone, a fifth of the work. Each
    /// must be a row. O(rows.count * dimension).
    func firstScores(of rows: [UInt32], to query: QuantizedQuery) -> [Float] {
        defer { withExtendedLifetime(memory) {} }
        return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: rows.count) { sums in
            unsafe sums.initialize(repeating: 0)
            unsafe query.planes.withUnsafeBufferPointer { planes in
                unsafe rows.withUnsafeBufferPointer { rows in
                    unsafe kernels.pick(rows, of: codes, query: planes.baseAddress!, into: sums)
                }
            }
            return rows.indices.map { index in
                unsafe Float(sums[index]) * (memory.scales[Int(rows[index])] * query.scale)
            }
        }
    }
}
