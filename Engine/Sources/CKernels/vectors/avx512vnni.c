// Kernels over byte vectors for processors with AVX-512 VNNI, which multiplies
// bytes and adds four products to a sum in one step. No other file is compiled
// for it: the functions carry the target themselves.

#include "shared.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2")))
#define INLINED TARGET static inline __attribute__((always_inline))

enum { STEP = 64 };

// The first bytes of at most 64; those beyond `count` are zeros.
INLINED __m512i loaded(const int8_t *bytes, size_t count) {
    if (count >= STEP) {
        return _mm512_loadu_si512((const void *)bytes);
    }
    return _mm512_maskz_loadu_epi8(((__mmask64)1 << count) - 1, (const void *)bytes);
}

// The instruction wants its left bytes without a sign: a row's are raised by
// 128, which adds 128 times the query to the sum; `raised` collects that, to be
// taken off at the end. In 32 bits nothing saturates.
INLINED void add_products(
    const int rows, const int queries, size_t p, size_t count, const int8_t *const *row, const int8_t *const *query,
    __m512i total[TILE_QUERIES][TILE_ROWS], __m512i raised[TILE_QUERIES]) {
    const __m512i sign = _mm512_set1_epi8(-128);
    __m512i right[TILE_QUERIES];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        right[j] = loaded(query[j] + p, count);
        raised[j] = _mm512_dpbusd_epi32(raised[j], sign, right[j]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        __m512i left = _mm512_xor_si512(loaded(row[i] + p, count), sign);
#pragma clang loop unroll(full)
        for (int j = 0; j < queries; j++) {
            total[j][i] = _mm512_dpbusd_epi32(total[j][i], left, right[j]);
        }
    }
}

INLINED void tile(
    const int rows, const int queries, size_t n, const int8_t *const *row, const int8_t *const *query, size_t ahead,
    int32_t *sums, size_t ldsums) {
    __m512i total[TILE_QUERIES][TILE_ROWS];
    // 128 times the query.
    __m512i raised[TILE_QUERIES];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        raised[j] = _mm512_setzero_si512();
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
        add_products(rows, queries, p, STEP, row, query, total, raised);
    }
    if (p < n) {
        add_products(rows, queries, p, n - p, row, query, total, raised);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            sums[j * ldsums + i] = _mm512_reduce_add_epi32(_mm512_sub_epi32(total[j][i], raised[j]));
        }
    }
}

#include "tiles.h"

const ckernels_vectors ckernels_vectors_avx512vnni = {dot, scan, pick};

#endif
