// Quantised layers for processors with AVX-512 and VNNI. No other file is
// compiled for it: the functions carry the target themselves.

#include "../kernel_sets.h"

#if defined(__x86_64__)

#include "avx512.h"

#define VNNI __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define INLINED VNNI static inline __attribute__((always_inline))

// Rows of activations and blocks of weights that one tile multiplies. A sum
// takes 5 cycles, and a processor can have 2 begun in each: 10 must be under
// way. 6 x 4 has 24 of them for 10 loads, and leaves 8 of the 32 registers for
// operands. 12 x 2 needs 14 loads, and would leave the few rows of a query
// waiting for their sums; the four blocks of 6 x 4 serve even a single row.
enum { TILE_M = 6, TILE_BLOCKS = 4 };

// The sums of [rows, 16 x blocks] outputs.
INLINED void tile(
    const int rows, const int blocks, const uint8_t *q, const float *scales, const int32_t *zeros,
    const ckernels_weights *w, size_t j, float *y, size_t ldy) {
    const int8_t *weights = w->weights + j * w->depth;
    __m512i sums[TILE_M][TILE_BLOCKS];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++) {
            sums[i][block] = _mm512_setzero_si512();
        }
    }
    for (size_t p = 0; p < w->depth; p += 4) {
        __m512i right[TILE_BLOCKS];
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++) {
            right[block] = _mm512_loadu_si512(weights + ((size_t)block * w->depth + p) * CKERNELS_BLOCK_ROWS);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            __m512i left = four_bytes(q + (size_t)i * w->depth + p);
#pragma clang loop unroll(full)
            for (int block = 0; block < blocks; block++) {
                sums[i][block] = _mm512_dpbusd_epi32(sums[i][block], left, right[block]);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int block = 0; block < blocks; block++) {
            size_t output = j + (size_t)block * CKERNELS_BLOCK_ROWS;
            store_outputs(sums[i][block], scales[i], zeros[i], w, output, y + (size_t)i * ldy + output);
        }
    }
}

INLINED void tile_of(
    size_t rows, const int blocks, const uint8_t *q, const float *scales, const int32_t *zeros,
    const ckernels_weights *w, size_t j, float *y, size_t ldy) {
#define TILE(height)                                          \
    case height:                                              \
        tile(height, blocks, q, scales, zeros, w, j, y, ldy); \
        break
    switch (rows) {
        TILE(1);
        TILE(2);
        TILE(3);
        TILE(4);
        TILE(5);
        TILE(6);
    }
}

// All rows pass the blocks of a tile before the next are read: 24 KiB of
// weights at a depth of 384, which stay in the first-level cache, 96 KiB at
// 1,536, which stay in the second: a tile takes 256 bytes from it in 12 cycles.
VNNI static void apply(
    size_t m, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, float *y,
    size_t ldy) {
    // Tiles of equal height: 8 rows are 4 + 4, not 6 + 2.
    size_t tiles = (m + TILE_M - 1) / TILE_M;
    size_t step;
    for (size_t j = 0; j < w->rows; j += step) {
        int wide = w->rows - j > (TILE_BLOCKS - 1) * CKERNELS_BLOCK_ROWS;
        for (size_t number = 0, i = 0; number < tiles; number++) {
            size_t rows = (m - i + tiles - number - 1) / (tiles - number);
            if (wide) {
                tile_of(rows, TILE_BLOCKS, q + i * w->depth, scales + i, zeros + i, w, j, y + i * ldy, ldy);
            } else {
                tile_of(rows, 1, q + i * w->depth, scales + i, zeros + i, w, j, y + i * ldy, ldy);
            }
            i += rows;
        }
        step = (wide ? TILE_BLOCKS : 1) * CKERNELS_BLOCK_ROWS;
    }
}

const ckernels_linear ckernels_linear_avx512vnni = {quantize, apply};

#endif
