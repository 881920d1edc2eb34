extension ReferenceKernels {
    /// A row of activations as bytes: each is `scale * (byte - zero)`.
    public struct QuantizedRow: Equatable {
        /// One for each activation.
        public var bytes: [UInt8]
        /// NaN where an activation is no finite number.
        public var scale: Float
        /// The byte that stands for 0.
        public var zero: Int32

        /// A row of these bytes.
        public init(bytes: [UInt8], scale: Float, zero: Int32) {
            self.bytes = bytes
            self.scale = scale
            self.zero = zero
        }

        /// Scales that are both NaN are the same.
        public static func == (a: QuantizedRow, b: QuantizedRow) -> Bool {
            a.bytes == b.bytes && (a.scale == b.scale || a.scale.isNaN && b.scale.isNaN) && a.zero == b.zero
        }
    }

    /// One row of activations times `factors`, quantised. Unlike the rest of
    /// the references this computes in single precision, in the order that
    /// every level keeps, for all of them must give these very bytes.
    /// O(count).
    public static func quantize(_ x: [Float], factors: [Float]) -> QuantizedRow {
        let values = zip(x, factors).map { $0 * $1 }
        var row = QuantizedRow(bytes: [UInt8](repeating: 0, count: x.count), scale: .nan, zero: 0)
        let low = values.reduce(0) { $1 < $0 ? $1 : $0 }
        let high = values.reduce(0) { $1 > $0 ? $1 : $0 }
        // Wider than this is as good as infinite.
        guard values.allSatisfy({ !$0.isNaN }), high - low <= 3e38 else { return row }
        row.scale = 0
        // Narrower is as good as zeros.
        guard high - low >= 1e-30 else { return row }
        row.scale = (high - low) / 255
        let inverse = 255 / (high - low)
        row.zero = Int32((-low * inverse).rounded(.toNearestOrEven))
        row.bytes = values.map { value in
            UInt8(min(255, max(0, (value * inverse).rounded(.toNearestOrEven) + Float(row.zero))))
        }
        return row
    }

    /// A layer of bytes, `weights` [n, row.bytes.count] with `scales` [n] and
    /// `bias` [n], applied to `row`: the sums are exact, and then rounded in
    /// the order that every level keeps. O(weights.count).
    public static func apply(weights: [Int8], scales: [Float], bias: [Float], to row: QuantizedRow) -> [Float] {
        let depth = row.bytes.count
        return scales.indices.map { output in
            var sum = 0
            for place in 0..<depth {
                sum += (Int(row.bytes[place]) - Int(row.zero)) * Int(weights[output * depth + place])
            }
            return Float(sum) * (row.scale * scales[output]) + bias[output]
        }
    }
}
