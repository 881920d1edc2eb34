// Quantised layers for processors with AVX2. No other file is compiled for
// it: the functions carry the target themselves.

#include "../kernel_sets.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2,fma")))
#define INLINED AVX2 static inline __attribute__((always_inline))

#pragma STDC FP_CONTRACT OFF

enum { LANES = 8 };

// MARK: Activations

INLINED float smallest(__m256 a) {
    __m128 four = _mm_min_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    __m128 two = _mm_min_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_min_ss(two, _mm_movehdup_ps(two)));
}

INLINED __m256i first_lanes(size_t count) {
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)smaller(count, LANES)), lanes);
}

// Eight elements as whole numbers; packing them clamps them to bytes.
INLINED __m256i places(__m256 x, __m256 factor, __m256 inverse, __m256i zero) {
    return _mm256_add_epi32(_mm256_cvtps_epi32(_mm256_mul_ps(_mm256_mul_ps(x, factor), inverse)), zero);
}

AVX2 static void quantize_row(
    size_t k, const float *x, const float *factors, uint8_t *q, float *scale, int32_t *zero) {
    __m256 low = _mm256_setzero_ps();
    __m256 low_of_negated = _mm256_setzero_ps();
    __m256 strange = _mm256_setzero_ps();
    size_t whole = k / LANES * LANES;
    __m256i tail = first_lanes(k - whole);
    for (size_t p = 0; p < k; p += LANES) {
        __m256 v = p < whole ? _mm256_mul_ps(_mm256_loadu_ps(x + p), _mm256_loadu_ps(factors + p))
                             : _mm256_mul_ps(_mm256_maskload_ps(x + p, tail), _mm256_maskload_ps(factors + p, tail));
        low = _mm256_min_ps(v, low);
        low_of_negated = _mm256_min_ps(_mm256_xor_ps(v, _mm256_set1_ps(-0.0f)), low_of_negated);
        strange = _mm256_or_ps(strange, _mm256_cmp_ps(v, v, _CMP_UNORD_Q));
    }
    float bottom = smallest(low);
    float top = -smallest(low_of_negated);
    ckernels_choose_scale(_mm256_movemask_ps(strange) ? NAN : bottom, top, scale, zero);
    if (!(*scale > 0)) {
        memset(q, 0, k);
        return;
    }
    __m256 inverse = _mm256_set1_ps(255 / (top - bottom));
    __m256i offset = _mm256_set1_epi32(*zero);
    size_t p = 0;
    for (; p + 4 * LANES <= k; p += 4 * LANES) {
        __m256i part[4];
#pragma clang loop unroll(full)
        for (int i = 0; i < 4; i++) {
            size_t at = p + (size_t)i * LANES;
            part[i] = places(_mm256_loadu_ps(x + at), _mm256_loadu_ps(factors + at), inverse, offset);
        }
        // Packing works within halves: the last step puts them in order.
        __m256i bytes =
            _mm256_packus_epi16(_mm256_packs_epi32(part[0], part[1]), _mm256_packs_epi32(part[2], part[3]));
        bytes = _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
        _mm256_storeu_si256((__m256i *)(q + p), bytes);
    }
    for (; p < k; p++) {
        float place = nearbyintf(x[p] * factors[p] * (255 / (top - bottom))) + (float)*zero;
        q[p] = (uint8_t)(place < 0 ? 0 : place > 255 ? 255 : place);
    }
}

AVX2 static void quantize(
    size_t m, size_t k, size_t depth, const float *x, size_t ldx, const float *factors, uint8_t *q, float *scales,
    int32_t *zeros) {
    for (size_t i = 0; i < m; i++) {
        quantize_row(k, x + i * ldx, factors, q + i * depth, &scales[i], &zeros[i]);
        memset(q + i * depth + k, 0, depth - k);
    }
}

// MARK: Products

// Rows of activations that one tile multiplies with a block of weights. Three
// rows by two vectors of eight outputs: 6 sums in 32 bits, 6 in 16 bits, two
// vectors of weights, one of activations and the ones fill the 16 registers.
enum { TILE_M = 3 };

// A step of 8 in k: its two halves of 4 are added up in 16 bits, which the
// lane limit allows, so that one widening serves both: 6 multiplications for
// 4 x 32 products instead of 8.
INLINED void step(
    const int rows, const uint8_t *q, size_t depth, const int8_t *weights, __m256i sums[TILE_M][2]) {
    __m256i halves[TILE_M][2];
    __m256i left = _mm256_loadu_si256((const __m256i *)weights);
    __m256i right = _mm256_loadu_si256((const __m256i *)(weights + 32));
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        int32_t four;
        memcpy(&four, q + (size_t)i * depth, sizeof four);
        __m256i bytes = _mm256_set1_epi32(four);
        halves[i][0] = _mm256_maddubs_epi16(bytes, left);
        halves[i][1] = _mm256_maddubs_epi16(bytes, right);
    }
    left = _mm256_loadu_si256((const __m256i *)(weights + 64));
    right = _mm256_loadu_si256((const __m256i *)(weights + 96));
    const __m256i ones = _mm256_set1_epi16(1);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        int32_t four;
        memcpy(&four, q + (size_t)i * depth + 4, sizeof four);
        __m256i bytes = _mm256_set1_epi32(four);
        halves[i][0] = _mm256_add_epi16(halves[i][0], _mm256_maddubs_epi16(bytes, left));
        halves[i][1] = _mm256_add_epi16(halves[i][1], _mm256_maddubs_epi16(bytes, right));
        sums[i][0] = _mm256_add_epi32(sums[i][0], _mm256_madd_epi16(halves[i][0], ones));
        sums[i][1] = _mm256_add_epi32(sums[i][1], _mm256_madd_epi16(halves[i][1], ones));
    }
}

// The outputs [rows, 16] of a block, of which `columns` exist.
INLINED void tile(
    const int rows, size_t columns, const uint8_t *q, const float *scales, const int32_t *zeros, size_t depth,
    const int8_t *weights, const float *weight_scales, const int32_t *weight_sums, const float *bias, float *y,
    size_t ldy) {
    __m256i sums[TILE_M][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        sums[i][0] = _mm256_setzero_si256();
        sums[i][1] = _mm256_setzero_si256();
    }
    for (size_t p = 0; p < depth; p += CKERNELS_BLOCK_DEPTH) {
        // The next block comes from the third-level cache or from memory, and
        // a short text has too few tiles to hide the way: a third of its time.
        const char *next = (const char *)(weights + (depth + p) * CKERNELS_BLOCK_ROWS);
        _mm_prefetch(next, _MM_HINT_T0);
        _mm_prefetch(next + 64, _MM_HINT_T0);
        step(rows, q + p, depth, weights + p * CKERNELS_BLOCK_ROWS, sums);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        float outputs[CKERNELS_BLOCK_ROWS];
        float *place = columns == CKERNELS_BLOCK_ROWS ? y + (size_t)i * ldy : outputs;
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            __m256i of_zero = _mm256_mullo_epi32(
                _mm256_loadu_si256((const __m256i *)(weight_sums + half * LANES)), _mm256_set1_epi32(zeros[i]));
            __m256 sum = _mm256_cvtepi32_ps(_mm256_sub_epi32(sums[i][half], of_zero));
            __m256 scale = _mm256_mul_ps(_mm256_set1_ps(scales[i]), _mm256_loadu_ps(weight_scales + half * LANES));
            __m256 result = _mm256_add_ps(_mm256_mul_ps(sum, scale), _mm256_loadu_ps(bias + half * LANES));
            _mm256_storeu_ps(place + half * LANES, result);
        }
        if (place == outputs) {
            memcpy(y + (size_t)i * ldy, outputs, columns * sizeof *y);
        }
    }
}

// All rows pass one block of weights before the next is read, so that it
// stays in the first-level cache: 6 KiB at a depth of 384, 24 at 1,536.
AVX2 static void apply(
    size_t m, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, float *y,
    size_t ldy) {
    // Tiles of equal height: 4 rows are 2 + 2, not 3 + 1.
    size_t tiles = (m + TILE_M - 1) / TILE_M;
    for (size_t j = 0; j < w->rows; j += CKERNELS_BLOCK_ROWS) {
        size_t columns = smaller(CKERNELS_BLOCK_ROWS, w->rows - j);
        const int8_t *weights = w->weights + j * w->depth;
        for (size_t number = 0, i = 0; number < tiles; number++) {
            size_t rows = (m - i + tiles - number - 1) / (tiles - number);
#define TILE(height)                                                                                             \
    tile(height, columns, q + i * w->depth, scales + i, zeros + i, w->depth, weights, w->scales + j, w->sums + j, \
         w->bias + j, y + i * ldy + j, ldy)
            if (rows == 3) {
                TILE(3);
            } else if (rows == 2) {
                TILE(2);
            } else {
                TILE(1);
            }
            i += rows;
        }
    }
}

const ckernels_linear ckernels_linear_avx2 = {quantize, apply};

#endif
