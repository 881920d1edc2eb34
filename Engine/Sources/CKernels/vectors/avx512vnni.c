// Kernels over byte vectors for processors with AVX-512 VNNI, which multiplies
// bytes and adds four products to a sum in one step. No other file is compiled
// for it: the functions carry the target themselves.

#include "shared.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2")))
#define INLINED TARGET static inline __attribute__((always_inline))

enum { STEP = 64 };

INLINED __m512i loaded(const int8_t *bytes) {
    return _mm512_loadu_si512((const void *)bytes);
}

INLINED __m256i halves(__m512i a) {
    return _mm256_add_epi32(_mm512_castsi512_si256(a), _mm512_extracti64x4_epi64(a, 1));
}

INLINED int32_t sum(__m512i a) {
    __m256i eight = halves(a);
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
    __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4e));
    return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xb1)));
}

INLINED __m128i sums_of_4(const __m512i *a) {
    __m256i two = _mm256_hadd_epi32(halves(a[0]), halves(a[1]));
    __m256i four = _mm256_hadd_epi32(two, _mm256_hadd_epi32(halves(a[2]), halves(a[3])));
    return _mm_add_epi32(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
}

// The instruction wants its left bytes without a sign: a row's are raised by
// 128, which adds 128 times the query to the sum; `raised` collects that, to be
// taken off at the end. In 32 bits nothing saturates.
INLINED void add_products(
    const int rows, const int queries, size_t p, const int8_t *const *row, const int8_t *const *query,
    __m512i total[TILE_QUERIES][TILE_ROWS], __m512i raised[TILE_QUERIES]) {
    const __m512i sign = _mm512_set1_epi8(-128);
    __m512i right[TILE_QUERIES];
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
        right[j] = loaded(query[j] + p);
        raised[j] = _mm512_dpbusd_epi32(raised[j], sign, right[j]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        __m512i left = _mm512_xor_si512(loaded(row[i] + p), sign);
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
        add_products(rows, queries, p, row, query, total, raised);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < queries; j++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            total[j][i] = _mm512_sub_epi32(total[j][i], raised[j]);
        }
        if (rows == TILE_ROWS) {
            _mm_storeu_si128((__m128i *)(sums + j * ldsums), sums_of_4(total[j]));
        } else {
            sums[j * ldsums] = sum(total[j][0]);
        }
    }
    add_rest(rows, queries, p, n, row, query, sums, ldsums);
}

#include "tiles.h"

const ckernels_vectors ckernels_vectors_avx512vnni = {dot, scan, pick};

#endif
