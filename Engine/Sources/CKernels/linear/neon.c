// Quantised layers for arm64 processors with the dot product extension. No
// other file is compiled for it: the functions carry the target themselves.

#include "../kernel_sets.h"

#if defined(__aarch64__)

#include <arm_neon.h>
#include <math.h>
#include <string.h>

#define DOTPROD __attribute__((target("arch=armv8.2-a+dotprod")))
#define INLINED DOTPROD static inline __attribute__((always_inline))

// Products and sums are rounded apart, as the portable kernels' are.
#pragma STDC FP_CONTRACT OFF

enum { LANES = 4 };

// MARK: Activations

// Four elements as whole numbers; narrowing them clamps them to bytes.
INLINED int32x4_t places(const float *x, const float *factors, float32x4_t inverse, int32x4_t zero) {
    float32x4_t v = vmulq_f32(vmulq_f32(vld1q_f32(x), vld1q_f32(factors)), inverse);
    return vaddq_s32(vcvtnq_s32_f32(v), zero);
}

DOTPROD static void quantize_row(
    size_t k, const float *x, const float *factors, uint8_t *q, float *scale, int32_t *zero) {
    // Smallest and largest of something and NaN are NaN, so one that appears
    // comes through to the end.
    float32x4_t lows = vdupq_n_f32(0);
    float32x4_t highs = lows;
    size_t p = 0;
    for (; p + LANES <= k; p += LANES) {
        float32x4_t v = vmulq_f32(vld1q_f32(x + p), vld1q_f32(factors + p));
        lows = vminq_f32(lows, v);
        highs = vmaxq_f32(highs, v);
    }
    float rest[LANES] = {0};
    for (; p < k; p++) {
        rest[p % LANES] = x[p] * factors[p];
    }
    float low = vminvq_f32(vminq_f32(lows, vld1q_f32(rest)));
    float high = vmaxvq_f32(vmaxq_f32(highs, vld1q_f32(rest)));
    ckernels_choose_scale(low, high, scale, zero);
    if (!(*scale > 0)) {
        memset(q, 0, k);
        return;
    }
    float inverse = 255 / (high - low);
    int32x4_t offset = vdupq_n_s32(*zero);
    p = 0;
    for (; p + 4 * LANES <= k; p += 4 * LANES) {
        int16x8_t halves[2];
        for (int half = 0; half < 2; half++) {
            size_t at = p + (size_t)half * 2 * LANES;
            int32x4_t first = places(x + at, factors + at, vdupq_n_f32(inverse), offset);
            int32x4_t second = places(x + at + LANES, factors + at + LANES, vdupq_n_f32(inverse), offset);
            halves[half] = vcombine_s16(vqmovn_s32(first), vqmovn_s32(second));
        }
        vst1q_u8(q + p, vcombine_u8(vqmovun_s16(halves[0]), vqmovun_s16(halves[1])));
    }
    for (; p < k; p++) {
        float place = nearbyintf(x[p] * factors[p] * inverse) + (float)*zero;
        q[p] = (uint8_t)(place < 0 ? 0 : place > 255 ? 255 : place);
    }
}

DOTPROD static void quantize(
    size_t m, size_t k, size_t depth, const float *x, size_t ldx, const float *factors, uint8_t *q, float *scales,
    int32_t *zeros) {
    for (size_t i = 0; i < m; i++) {
        quantize_row(k, x + i * ldx, factors, q + i * depth, &scales[i], &zeros[i]);
        memset(q + i * depth + k, 0, depth - k);
    }
}

// MARK: Products

// Rows of activations that one tile multiplies with a block of weights. Four
// rows by four vectors of four outputs: 16 sums, enough for four pipes of a
// latency of four; with four vectors of weights and of activations they leave
// room in the 32 registers.
enum { TILE_M = 4, QUARTERS = 4 };

// Dot products are of signed bytes: activations count from -128 on here, and
// `sums` lack 128 times the sum of the weights.
INLINED void step(
    const int rows, const uint8_t *q, size_t depth, const int8_t *weights, int32x4_t sums[TILE_M][QUARTERS]) {
    int8x8_t bytes[TILE_M];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        bytes[i] = vreinterpret_s8_u8(veor_u8(vld1_u8(q + (size_t)i * depth), vdup_n_u8(0x80)));
    }
#pragma clang loop unroll(full)
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
        int8x16_t first = vld1q_s8(weights + quarter * 16);
        int8x16_t second = vld1q_s8(weights + 4 * CKERNELS_BLOCK_ROWS + quarter * 16);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            sums[i][quarter] = vdotq_lane_s32(sums[i][quarter], first, bytes[i], 0);
            sums[i][quarter] = vdotq_lane_s32(sums[i][quarter], second, bytes[i], 1);
        }
    }
}

// The outputs [rows, 16] of a block, of which `columns` exist.
INLINED void tile(
    const int rows, size_t columns, const uint8_t *q, const float *scales, const int32_t *zeros,
    const ckernels_weights *w, size_t j, float *y, size_t ldy) {
    const int8_t *weights = w->weights + j * w->depth;
    int32x4_t sums[TILE_M][QUARTERS];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            sums[i][quarter] = vdupq_n_s32(0);
        }
    }
    for (size_t p = 0; p < w->depth; p += CKERNELS_BLOCK_DEPTH) {
        step(rows, q + p, w->depth, weights + p * CKERNELS_BLOCK_ROWS, sums);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        float outputs[CKERNELS_BLOCK_ROWS];
        float *place = columns == CKERNELS_BLOCK_ROWS ? y + (size_t)i * ldy : outputs;
#pragma clang loop unroll(full)
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            size_t output = j + (size_t)quarter * LANES;
            // Gives back what activations lack, and takes away the zero point.
            int32x4_t sum = vmlaq_n_s32(sums[i][quarter], vld1q_s32(w->sums + output), 128 - zeros[i]);
            float32x4_t scale = vmulq_n_f32(vld1q_f32(w->scales + output), scales[i]);
            float32x4_t product = vmulq_f32(vcvtq_f32_s32(sum), scale);
            vst1q_f32(place + quarter * LANES, vaddq_f32(product, vld1q_f32(w->bias + output)));
        }
        if (place == outputs) {
            memcpy(y + (size_t)i * ldy, outputs, columns * sizeof *y);
        }
    }
}

// All rows pass one block of weights before the next is read, so that it
// stays in the first-level cache: 6 KiB at a depth of 384, 24 at 1,536.
DOTPROD static void apply(
    size_t m, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, float *y,
    size_t ldy) {
    // Tiles of equal height: 5 rows are 3 + 2, not 4 + 1.
    size_t tiles = (m + TILE_M - 1) / TILE_M;
    for (size_t j = 0; j < w->rows; j += CKERNELS_BLOCK_ROWS) {
        size_t columns = smaller(CKERNELS_BLOCK_ROWS, w->rows - j);
        for (size_t number = 0, i = 0; number < tiles; number++) {
            size_t rows = (m - i + tiles - number - 1) / (tiles - number);
#define TILE(height)                                                                                           \
    case height:                                                                                               \
        tile(height, columns, q + i * w->depth, scales + i, zeros + i, w, j, y + i * ldy + j, ldy);            \
        break
            switch (rows) {
                TILE(1);
                TILE(2);
                TILE(3);
                TILE(4);
            }
            i += rows;
        }
    }
}

const ckernels_linear ckernels_linear_neon = {quantize, apply};

#endif
