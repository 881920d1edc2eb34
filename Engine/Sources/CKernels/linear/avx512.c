// Quantised layers for processors with AVX-512 F, BW, DQ and VL. No other
// file is compiled for it: the functions carry the target themselves.

#include "../kernel_sets.h"

#if defined(__x86_64__)

#include "avx512.h"

// Rows of activations that one tile multiplies with a block of weights: 8
// sums, 8 half-way sums in 16 bits, two vectors of weights, one of activations
// and the ones are 20 of the 32 registers. Adding takes a cycle, so that even
// a tile of one row does not wait for its sums; what counts is that a vector of
// weights is loaded once for all of its rows.
enum { TILE_M = 8 };

// The sums of [rows, 16] outputs. A step of 8 in k takes its two halves of 4
// together in 16 bits, which the lane limit allows, so that one widening
// serves both.
INLINED_AVX512 void tile(
    const int rows, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, size_t j,
    float *y, size_t ldy) {
    const int8_t *weights = w->weights + j * w->depth;
    const __m512i ones = _mm512_set1_epi16(1);
    __m512i sums[TILE_M];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        sums[i] = _mm512_setzero_si512();
    }
    for (size_t p = 0; p < w->depth; p += CKERNELS_BLOCK_DEPTH) {
        __m512i first = _mm512_loadu_si512(weights + p * CKERNELS_BLOCK_ROWS);
        __m512i second = _mm512_loadu_si512(weights + (p + 4) * CKERNELS_BLOCK_ROWS);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            const uint8_t *bytes = q + (size_t)i * w->depth + p;
            __m512i pairs = _mm512_add_epi16(
                _mm512_maddubs_epi16(four_bytes(bytes), first), _mm512_maddubs_epi16(four_bytes(bytes + 4), second));
            sums[i] = _mm512_add_epi32(sums[i], _mm512_madd_epi16(pairs, ones));
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        store_outputs(sums[i], scales[i], zeros[i], w, j, y + (size_t)i * ldy + j);
    }
}

// All rows pass one block of weights before the next is read, so that it
// stays in the first-level cache: 6 KiB at a depth of 384, 24 at 1,536.
AVX512 static void apply(
    size_t m, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, float *y,
    size_t ldy) {
    // Tiles of equal height: 9 rows are 5 + 4, not 8 + 1.
    size_t tiles = (m + TILE_M - 1) / TILE_M;
    for (size_t j = 0; j < w->rows; j += CKERNELS_BLOCK_ROWS) {
        for (size_t number = 0, i = 0; number < tiles; number++) {
            size_t rows = (m - i + tiles - number - 1) / (tiles - number);
#define TILE(height)                                                                   \
    case height:                                                                       \
        tile(height, q + i * w->depth, scales + i, zeros + i, w, j, y + i * ldy, ldy); \
        break
            switch (rows) {
                TILE(1);
                TILE(2);
                TILE(3);
                TILE(4);
                TILE(5);
                TILE(6);
                TILE(7);
                TILE(8);
            }
            i += rows;
        }
    }
}

const ckernels_linear ckernels_linear_avx512 = {quantize, apply};

#endif
