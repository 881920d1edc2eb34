internal import CKernels

extension Kernels {
    /// `result` = `a` · `b`ᵀ + `bias`: a linear layer, with `b` its weights
    /// as they are stored, [out, in].
    ///
    /// Shapes: `a` [m, k], `b` [n, k], `bias` n floats or nil, `result`
    /// [m, n], which must not overlap the others. O(m * n * k).
    public func multiply(
        _ a: MatrixView, transposed b: MatrixView, bias: UnsafePointer<Float>? = nil, into result: MutableMatrixView
    ) {
        precondition(a.columns == b.columns, "a [m, k] and b [n, k] must agree in k")
        precondition(result.rows == a.rows && result.columns == b.rows, "the result must be [m, n]")
        unsafe floats.pointee.gemm_nt(
            a.rows, b.rows, a.columns, a.base, a.stride, b.base, b.stride, bias, result.base, result.stride)
    }

    /// `result` = `a` · `b`.
    ///
    /// Shapes: `a` [m, k], `b` [k, n], `result` [m, n], which must not
    /// overlap the others. O(m * n * k).
    public func multiply(_ a: MatrixView, _ b: MatrixView, into result: MutableMatrixView) {
        precondition(a.columns == b.rows, "a [m, k] and b [k, n] must agree in k")
        precondition(result.rows == a.rows && result.columns == b.columns, "the result must be [m, n]")
        unsafe floats.pointee.gemm_nn(
            a.rows, b.columns, a.columns, a.base, a.stride, b.base, b.stride, result.base, result.stride)
    }

    /// `result` = `a`ᵀ. Shapes: `a` [m, n], `result` [n, m]. O(m * n).
    public func transpose(_ a: MatrixView, into result: MutableMatrixView) {
        precondition(result.rows == a.columns && result.columns == a.rows, "the result must be [n, m]")
        unsafe floats.pointee.transpose(a.rows, a.columns, a.base, a.stride, result.base, result.stride)
    }

    /// Layer normalisation of `x` + `residual`, row by row, in place:
    /// `(v - mean) / sqrt(variance + epsilon) * gain + bias`.
    ///
    /// `gain` and `bias` have `x.columns` floats; `residual`, if any, has the
    /// shape and stride of `x`. O(rows * columns). Ba, Kiros and Hinton,
    /// "Layer Normalization", 2016.
    public func layerNorm(
        _ x: MutableMatrixView, adding residual: UnsafePointer<Float>? = nil, gain: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, epsilon: Float
    ) {
        unsafe floats.pointee.layer_norm(x.rows, x.columns, x.base, x.stride, residual, gain, bias, epsilon)
    }

    /// Softmax of `scale * x`, row by row, in place. O(rows * columns).
    public func softmax(_ x: MutableMatrixView, scale: Float) {
        unsafe floats.pointee.softmax(x.rows, x.columns, x.base, x.stride, scale)
    }

    /// The exact GELU, `x * Φ(x)`, element by element, in place. O(count).
    /// Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
    public func gelu(_ x: UnsafeMutableBufferPointer<Float>) {
        guard let base = x.baseAddress else { return }
        unsafe floats.pointee.gelu(x.count, base)
    }
}
