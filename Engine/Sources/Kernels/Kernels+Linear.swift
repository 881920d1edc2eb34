internal import CKernels

extension Kernels {
    /// Quantises the rows of `x` times `factors` to bytes, each row with a
    /// scale and a zero point of its own, so that its smallest and largest
    /// element and 0 are met exactly.
    ///
    /// Shapes: `x` [m, k], `factors` k floats, `result` [m, depth of k].
    /// Every level gives the same bytes. O(m * k).
    public func quantize(_ x: MatrixView, factors: UnsafePointer<Float>, into result: QuantizedRows) {
        precondition(result.rows == x.rows && result.depth >= x.columns, "there must be room for every row")
        unsafe linear.pointee.quantize(
            x.rows, x.columns, result.depth, x.base, x.stride, factors, result.bytes, result.scales, result.zeros)
    }

    /// `result` = `layer` applied to `input`, bias included.
    ///
    /// Shapes: `input` [m, layer.depth], `result` [m, layer.rows]. Sums are
    /// exact in 32 bits, so every level gives the same result.
    /// O(m * rows * depth).
    public func apply(_ layer: PackedLinear, to input: QuantizedRows, into result: MutableMatrixView) {
        precondition(input.depth == layer.depth, "input and layer must agree in depth")
        precondition(result.rows == input.rows && result.columns == layer.rows, "the result must be [m, rows]")
        var weights = unsafe ckernels_weights(
            rows: layer.rows, depth: layer.depth, weights: layer.weights, scales: layer.scales, sums: layer.sums,
            bias: layer.bias)
        unsafe linear.pointee.apply(
            input.rows, input.bytes, input.scales, input.zeros, &weights, result.base, result.stride)
    }
}
