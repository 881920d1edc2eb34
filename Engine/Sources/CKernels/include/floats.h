// Kernels over floats.
//
// Everything is row-major. A `ld…` argument is the distance between two rows
// in floats, so that a block of a larger matrix (one attention head, a matrix
// inside a memory map) is used where it lies. No pointer needs more than the
// natural alignment of a float.

#ifndef CKERNELS_FLOATS_H
#define CKERNELS_FLOATS_H

#include "levels.h"

#include <stddef.h>

/// One implementation of every float kernel. All of them must agree with the scalar
/// one to within rounding, and pass NaN on instead of hiding it.
typedef struct {
    /// Sum of a[i]·b[i], i < n.
    float (*dot)(size_t n, const float *a, const float *b);

    /// c[m, n] = a[m, k] · b[n, k]ᵀ + bias[n]; `bias` may be null.
    ///
    /// Each element of c is summed in an order that depends on k alone, so
    /// that a row's result does not depend on which rows travel with it.
    void (*gemm_nt)(
        size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias,
        float *c, size_t ldc);

    /// c[m, n] = a[m, k] · b[k, n]. Same promise about the order of sums.
    void (*gemm_nn)(
        size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c, size_t ldc);

    /// b[n, m] = a[m, n]ᵀ.
    void (*transpose)(size_t m, size_t n, const float *a, size_t lda, float *b, size_t ldb);

    /// scores[i] = rows[i, k] · query[k], i < n.
    void (*scores)(size_t n, size_t k, const float *rows, size_t ldrows, const float *query, float *scores);

    /// x[m, n] = normalised (x + residual) · gain + bias, row by row, in
    /// place; `residual` may be null and shares x's row distance.
    void (*layer_norm)(
        size_t m, size_t n, float *x, size_t ldx, const float *residual, const float *gain, const float *bias,
        float epsilon);

    /// x[m, n] = softmax of (scale · x), row by row, in place.
    void (*softmax)(size_t m, size_t n, float *x, size_t ldx, float scale);

    /// x[i] = x[i] · Φ(x[i]), i < n, where Φ is the normal distribution
    /// function: the exact GELU, not its tanh approximation.
    void (*gelu)(size_t n, float *x);
} ckernels_floats;

/// The float kernels of `level`, or null where they cannot run.
const ckernels_floats *ckernels_floats_of(ckernels_level level);

#endif
