// Kernels over byte vectors for processors with AVX-512 BW. No other file is
// compiled for it: the functions carry the target themselves.

#include "shared.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2")))
#define INLINED TARGET static inline __attribute__((always_inline))

enum { STEP = 64 };

// The first bytes of at most 64; those beyond `count` are zeros.
INLINED __m512i loaded(const int8_t *bytes, size_t count) {
    if (count >= STEP) {
        return _mm512_loadu_si512((const void *)bytes);
    }
    return _mm512_maskz_loadu_epi8(((__mmask64)1 << count) - 1, (const void *)bytes);
}

// The products of `row` and `query`, added up by fours; see avx2.c. There is
// no instruction that hands a sign over: where the row is negative, the query
// is taken from zero. It must not hold -128.
INLINED __m512i products(__m512i row, __m512i query) {
    __m512i turned = _mm512_mask_sub_epi8(query, _mm512_movepi8_mask(row), _mm512_setzero_si512(), query);
    __m512i pairs = _mm512_maddubs_epi16(_mm512_abs_epi8(row), turned);
    return _mm512_madd_epi16(pairs, _mm512_set1_epi16(1));
}

INLINED void add_products(
    const int rows, const int queries, size_t p, size_t count, const int8_t *const *row, const int8_t *const *query,
    __m512i total[TILE_QUERIES][TILE_ROWS]) {
    __m512i right[TILE_QUERIES];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        right[j] = loaded(query[j] + p, count);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        __m512i left = loaded(row[i] + p, count);
#pragma clang loop unroll(full)
        for (int j = 0; j < queries; j++) {
            total[j][i] = _mm512_add_epi32(total[j][i], products(left, right[j]));
        }
    }
}

INLINED void tile(
    const int rows, const int queries, size_t n, const int8_t *const *row, const int8_t *const *query, size_t ahead,
    int32_t *sums, size_t ldsums) {
    __m512i total[TILE_QUERIES][TILE_ROWS];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            total[j][i] = _mm512_setzero_si512();
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
        add_products(rows, queries, p, STEP, row, query, total);
    }
    if (p < n) {
        add_products(rows, queries, p, n - p, row, query, total);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            sums[j * ldsums + i] = _mm512_reduce_add_epi32(total[j][i]);
        }
    }
}

#include "tiles.h"

const ckernels_vectors ckernels_vectors_avx512 = {dot, scan, pick};

#endif
