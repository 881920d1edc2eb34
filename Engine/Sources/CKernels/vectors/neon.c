// Kernels over byte vectors for arm64 with the dot product extension. No other
// file is compiled for it: the functions carry the target themselves.

#include "shared.h"

#if defined(__aarch64__)

#include <arm_neon.h>

#define TARGET __attribute__((target("arch=armv8.2-a+dotprod")))
#define INLINED TARGET static inline __attribute__((always_inline))

// Bytes of a register, and of a step: a cache line.
enum { LANES = 16, STEP = 64 };

// One register of each row times one of each query; products are added up by
// fours, in 32 bits.
INLINED void add_products(
    const int rows, const int queries, size_t p, const int8_t *const *row, const int8_t *const *query,
    int32x4_t total[TILE_QUERIES][TILE_ROWS]) {
    int8x16_t right[TILE_QUERIES];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        right[j] = vld1q_s8(query[j] + p);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        int8x16_t left = vld1q_s8(row[i] + p);
#pragma clang loop unroll(full)
        for (int j = 0; j < queries; j++) {
            total[j][i] = vdotq_s32(total[j][i], left, right[j]);
        }
    }
}

INLINED void tile(
    const int rows, const int queries, size_t n, const int8_t *const *row, const int8_t *const *query, size_t ahead,
    int32_t *sums, size_t ldsums) {
    int32x4_t total[TILE_QUERIES][TILE_ROWS];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            total[j][i] = vdupq_n_s32(0);
        }
    }
    size_t p = 0;
    for (; p + STEP <= n; p += STEP) {
        if (ahead) {
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) {
                fetch_ahead(row[i] + p, ahead);
            }
        }
#pragma clang loop unroll(full)
        for (size_t part = 0; part < STEP; part += LANES) {
            add_products(rows, queries, p + part, row, query, total);
        }
    }
    for (; p + LANES <= n; p += LANES) {
        add_products(rows, queries, p, row, query, total);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            sums[j * ldsums + i] = vaddvq_s32(total[j][i]);
        }
    }
    add_rest(rows, queries, p, n, row, query, sums, ldsums);
}

#include "tiles.h"

const ckernels_vectors ckernels_vectors_neon = {dot, scan, pick};

#endif
