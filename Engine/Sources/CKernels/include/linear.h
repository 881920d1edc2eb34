// Linear layers over quantised bytes: the products of an encoder.
//
// A row x of activations is kept as unsigned bytes q with one scale and one
// zero point, x[k] · factor[k] = scale · (q[k] - zero); a row w of weights as
// signed bytes with one scale. With `sum` the sum of a row's weight bytes,
//
//     x · w = scale_x · scale_w · (Σ q[k] · w[k] - zero · sum) .
//
// The sum over k is exact in 32 bits, so every level gives the same integers.

#ifndef CKERNELS_LINEAR_H
#define CKERNELS_LINEAR_H

#include "levels.h"

#include <stddef.h>
#include <stdint.h>

/// Weight rows lie in blocks of this many, interleaved.
enum { CKERNELS_BLOCK_ROWS = 16 };

/// The depth of a layer is padded with zeros to a multiple of this.
enum { CKERNELS_BLOCK_DEPTH = 8 };

/// What every four weights that meet in one 16-bit lane may add up to, the
/// positive ones and the negative ones each: 255 · 128 < 2¹⁵. The lanes of a
/// step of 8 are k = 0, 1, 4, 5 and k = 2, 3, 6, 7.
enum { CKERNELS_LANE_LIMIT = 128 };

/// The weights [n, k] of a linear layer, packed.
///
/// `weights` holds, for each block of 16 rows and each step of 4 in k, the 16
/// rows' 4 bytes one behind the other: byte (((j / 16) · (depth / 4) + k / 4)
/// · 16 + j % 16) · 4 + k % 4 is that of row j. Rows beyond n and depth beyond
/// k are zeros. `scales`, `sums` and `bias` have room for whole blocks.
typedef struct {
    size_t rows;
    /// A multiple of CKERNELS_BLOCK_DEPTH.
    size_t depth;
    const int8_t *weights;
    const float *scales;
    const int32_t *sums;
    const float *bias;
} ckernels_weights;

/// One implementation of every kernel of quantised layers.
typedef struct {
    /// q[m, depth] and a scale and zero point for each of m rows of
    /// x[m, k] · factors[k]; bytes from k to depth become zero. A row that
    /// holds NaN or an infinity gets the scale NaN.
    void (*quantize)(
        size_t m, size_t k, size_t depth, const float *x, size_t ldx, const float *factors, uint8_t *q, float *scales,
        int32_t *zeros);

    /// y[m, w.rows] = the layer applied to q[m, w.depth], bias included.
    void (*apply)(
        size_t m, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, float *y,
        size_t ldy);
} ckernels_linear;

/// The quantised layers' kernels of `level`, or null where they cannot run.
const ckernels_linear *ckernels_linear_of(ckernels_level level);

#endif
