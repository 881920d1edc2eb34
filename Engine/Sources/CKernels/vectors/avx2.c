// Kernels over byte vectors for processors with AVX2. No other file is
// compiled for it: the functions carry the target themselves.

#include "shared.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINED TARGET static inline __attribute__((always_inline))

// Bytes of a register, and of a step: a cache line.
enum { LANES = 32, STEP = 64 };

INLINED __m256i loaded(const int8_t *bytes) {
    return _mm256_loadu_si256((const __m256i *)bytes);
}

// The products of `row` and `query`, added up by fours. The instruction wants
// its left bytes without a sign, so the row's goes over to the query, which
// therefore must not hold -128. Two products are at most 2 · 128 · 127 < 2¹⁵:
// nothing saturates. Widening all bytes to 16 bits takes a fifth longer.
INLINED __m256i products(__m256i row, __m256i query) {
    __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(row), _mm256_sign_epi8(query, row));
    return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}

INLINED int32_t sum(__m256i a) {
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
    __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xb1)));
}

INLINED __m128i sums_of_4(const __m256i *a) {
    __m256i four = _mm256_hadd_epi32(_mm256_hadd_epi32(a[0], a[1]), _mm256_hadd_epi32(a[2], a[3]));
    return _mm_add_epi32(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
}

// One register of each row times one of each query.
INLINED void add_products(
    const int rows, const int queries, size_t p, const int8_t *const *row, const int8_t *const *query,
    __m256i total[TILE_QUERIES][TILE_ROWS]) {
    __m256i right[TILE_QUERIES];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        right[j] = loaded(query[j] + p);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        __m256i left = loaded(row[i] + p);
#pragma clang loop unroll(full)
        for (int j = 0; j < queries; j++) {
            total[j][i] = _mm256_add_epi32(total[j][i], products(left, right[j]));
        }
    }
}

INLINED void tile(
    const int rows, const int queries, size_t n, const int8_t *const *row, const int8_t *const *query, size_t ahead,
    int32_t *sums, size_t ldsums) {
    __m256i total[TILE_QUERIES][TILE_ROWS];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            total[j][i] = _mm256_setzero_si256();
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
        add_products(rows, queries, p, row, query, total);
        add_products(rows, queries, p + LANES, row, query, total);
    }
    if (p + LANES <= n) {
        add_products(rows, queries, p, row, query, total);
        p += LANES;
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        if (rows == TILE_ROWS) {
            _mm_storeu_si128((__m128i *)(sums + j * ldsums), sums_of_4(total[j]));
        } else {
            sums[j * ldsums] = sum(total[j][0]);
        }
    }
    add_rest(rows, queries, p, n, row, query, sums, ldsums);
}

#include "tiles.h"

const ckernels_vectors ckernels_vectors_avx2 = {dot, scan, pick};

#endif
