// What the quantised layers of both AVX-512 levels share: everything except
// the products themselves.

#ifndef CKERNELS_LINEAR_AVX512_H
#define CKERNELS_LINEAR_AVX512_H

#include "../kernel_sets.h"

#include <immintrin.h>
#include <math.h>
#include <string.h>

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define INLINED_AVX512 AVX512 static inline __attribute__((always_inline))

// Products and sums are rounded apart, as the portable kernels' are.
#pragma STDC FP_CONTRACT OFF

enum { LANES = 16 };

// The first `count` lanes, of at most 16.
INLINED_AVX512 __mmask16 first_lanes(size_t count) {
    return count >= LANES ? (__mmask16)0xffff : (__mmask16)((1u << count) - 1);
}

// MARK: Activations

// Sixteen elements as whole numbers from 0 on; narrowing them clamps them to
// 255. Converting rounds to the nearest, as nearbyintf does.
INLINED_AVX512 __m512i places(__m512 x, __m512 factor, __m512 inverse, __m512i zero) {
    __m512i place = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_mul_ps(x, factor), inverse));
    return _mm512_max_epi32(_mm512_add_epi32(place, zero), _mm512_setzero_si512());
}

AVX512 static void quantize_row(
    size_t k, const float *x, const float *factors, uint8_t *q, float *scale, int32_t *zero) {
    size_t whole = k / LANES * LANES;
    __mmask16 tail = first_lanes(k - whole);
    __m512 low = _mm512_setzero_ps();
    __m512 high = _mm512_setzero_ps();
    __mmask16 strange = 0;
    for (size_t p = 0; p < k; p += LANES) {
        __mmask16 mask = p < whole ? (__mmask16)0xffff : tail;
        __m512 v = _mm512_mul_ps(_mm512_maskz_loadu_ps(mask, x + p), _mm512_maskz_loadu_ps(mask, factors + p));
        low = _mm512_min_ps(v, low);
        high = _mm512_max_ps(v, high);
        strange |= _mm512_cmp_ps_mask(v, v, _CMP_UNORD_Q);
    }
    float bottom = _mm512_reduce_min_ps(low);
    float top = _mm512_reduce_max_ps(high);
    ckernels_choose_scale(strange ? NAN : bottom, top, scale, zero);
    if (!(*scale > 0)) {
        memset(q, 0, k);
        return;
    }
    __m512 inverse = _mm512_set1_ps(255 / (top - bottom));
    __m512i offset = _mm512_set1_epi32(*zero);
    for (size_t p = 0; p < whole; p += LANES) {
        __m512i place = places(_mm512_loadu_ps(x + p), _mm512_loadu_ps(factors + p), inverse, offset);
        _mm_storeu_si128((__m128i *)(q + p), _mm512_cvtusepi32_epi8(place));
    }
    if (tail) {
        __m512i place = places(
            _mm512_maskz_loadu_ps(tail, x + whole), _mm512_maskz_loadu_ps(tail, factors + whole), inverse, offset);
        _mm_mask_storeu_epi8(q + whole, tail, _mm512_cvtusepi32_epi8(place));
    }
}

AVX512 static void quantize(
    size_t m, size_t k, size_t depth, const float *x, size_t ldx, const float *factors, uint8_t *q, float *scales,
    int32_t *zeros) {
    for (size_t i = 0; i < m; i++) {
        quantize_row(k, x + i * ldx, factors, q + i * depth, &scales[i], &zeros[i]);
        memset(q + i * depth + k, 0, depth - k);
    }
}

// MARK: Products

// Four activations, for each of sixteen outputs.
INLINED_AVX512 __m512i four_bytes(const uint8_t *q) {
    int32_t four;
    memcpy(&four, q, sizeof four);
    return _mm512_set1_epi32(four);
}

// Turns the sums of a row and the block of weights from output j on into
// outputs, as many of the sixteen as exist.
INLINED_AVX512 void store_outputs(
    __m512i sums, float scale, int32_t zero, const ckernels_weights *w, size_t j, float *y) {
    __m512i of_zero = _mm512_mullo_epi32(_mm512_loadu_si512(w->sums + j), _mm512_set1_epi32(zero));
    __m512 sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums, of_zero));
    __m512 scales = _mm512_mul_ps(_mm512_set1_ps(scale), _mm512_loadu_ps(w->scales + j));
    __m512 result = _mm512_add_ps(_mm512_mul_ps(sum, scales), _mm512_loadu_ps(w->bias + j));
    _mm512_mask_storeu_ps(y, first_lanes(w->rows - j), result);
}

#endif
