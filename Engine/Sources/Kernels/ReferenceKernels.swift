#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The kernels as their definitions read, in plain Swift and double
/// precision: what the fast ones are tested against.
///
/// Matrices are arrays, row-major and without gaps. Rounding happens once, at
/// the end, so that a difference is the fast kernel's error.
public enum ReferenceKernels {
    /// The sum of `a[i] * b[i]`. O(count).
    public static func dot(_ a: [Float], _ b: [Float]) -> Float {
        Float(zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
    }

    /// `a` [m, k] · `b` [n, k]ᵀ + `bias` [n], as [m, n]. O(m * n * k).
    public static func multiply(
        _ a: [Float], transposed b: [Float], bias: [Float]? = nil, m: Int, n: Int, k: Int
    ) -> [Float] {
        var result: [Float] = []
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for index in 0..<k { sum += Double(a[row * k + index]) * Double(b[column * k + index]) }
                result.append(Float(sum + Double(bias?[column] ?? 0)))
            }
        }
        return result
    }

    /// `a` [m, k] · `b` [k, n], as [m, n]. O(m * n * k).
    public static func multiply(_ a: [Float], _ b: [Float], m: Int, n: Int, k: Int) -> [Float] {
        var result: [Float] = []
        for row in 0..<m {
            for column in 0..<n {
                var sum = 0.0
                for index in 0..<k { sum += Double(a[row * k + index]) * Double(b[index * n + column]) }
                result.append(Float(sum))
            }
        }
        return result
    }

    /// The dot products of each row of `rows` [n, query.count] with `query`.
    /// O(rows.count).
    public static func scores(_ rows: [Float], query: [Float]) -> [Float] {
        stride(from: 0, to: rows.count, by: max(1, query.count)).map { start in
            dot(Array(rows[start..<start + query.count]), query)
        }
    }

    /// Layer normalisation of one row with `residual` added. O(count).
    public static func layerNorm(
        _ x: [Float], adding residual: [Float]? = nil, gain: [Float], bias: [Float], epsilon: Float
    ) -> [Float] {
        let sums = x.indices.map { Double(x[$0]) + Double(residual?[$0] ?? 0) }
        let mean = sums.reduce(0, +) / Double(sums.count)
        let variance = sums.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(sums.count)
        let scale = 1 / (variance + Double(epsilon)).squareRoot()
        return x.indices.map { Float((sums[$0] - mean) * scale * Double(gain[$0]) + Double(bias[$0])) }
    }

    /// Softmax of one row times `scale`. O(count).
    public static func softmax(_ x: [Float], scale: Float) -> [Float] {
        let scaled = x.map { Double($0) * Double(scale) }
        let largest = scaled.reduce(-.infinity) { max($0, $1) }
        let powers = scaled.map { exp($0 - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { Float($0 / sum) }
    }

    /// `x * Φ(x)` of every element. O(count).
    public static func gelu(_ x: [Float]) -> [Float] {
        x.map { Float(Double($0) * 0.5 * erfc(-Double($0) / 2.0.squareRoot())) }
    }
}
