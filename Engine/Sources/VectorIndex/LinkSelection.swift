internal import Kernels

/// Chooses a row's links: close rows in different directions. A row is left
/// out when a chosen one is closer to it than the row to be linked: it can be
/// reached through that one. Malkov and Yashunin, 2018, algorithm 4.
struct LinkSelection: Sendable {
    private let vectors: QuantizedVectors
    /// The squared lengths of all rows' first planes.
    private let squares: [Float]

    init(_ vectors: QuantizedVectors) {
        self.vectors = vectors
        squares = (0..<vectors.count).map { row in
            let codes = unsafe UnsafeBufferPointer(
                start: vectors.memory.codes + row * vectors.stride, count: vectors.stride)
            let scale = unsafe vectors.memory.scales[row]
            return unsafe Float(vectors.kernels.dot(codes.span, codes.span)) * scale * scale
        }
    }

    /// At most `wanted` of `candidates` as links of `row`, closest first.
    /// O(candidates * wanted * dimension).
    func select(_ wanted: Int, of candidates: [UInt32], for row: Int) -> [UInt32] {
        let ordered = zip(candidates, distances(from: row, to: candidates)).sorted {
            ($0.1, $0.0) < ($1.1, $1.0)
        }
        var chosen: [UInt32] = []
        chosen.reserveCapacity(wanted)
        for (candidate, distance) in ordered {
            guard chosen.count < wanted else { break }
            let isHidden = distances(from: Int(candidate), to: chosen).contains { $0 < distance }
            if !isHidden { chosen.append(candidate) }
        }
        return chosen
    }

    /// The squared distances between `row` and `others`.
    private func distances(from row: Int, to others: [UInt32]) -> [Float] {
        let scale = unsafe vectors.memory.scales[row]
        return unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: others.count) { sums in
            unsafe sums.initialize(repeating: 0)
            unsafe others.withUnsafeBufferPointer {
                unsafe vectors.kernels.pick(
                    $0, of: vectors.codes, query: vectors.memory.codes + row * vectors.stride, into: sums)
            }
            return others.indices.map { index in
                let other = Int(others[index])
                return unsafe squares[row] + squares[other] - 2 * Float(sums[index])
                    * (scale * vectors.memory.scales[other])
            }
        }
    }
}
