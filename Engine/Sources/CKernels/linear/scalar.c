// Portable kernels of quantised layers: what the others are compared with.

#include "../kernel_sets.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

static void quantize(
    size_t m, size_t k, size_t depth, const float *x, size_t ldx, const float *factors, uint8_t *q, float *scales,
    int32_t *zeros) {
    for (size_t i = 0; i < m; i++) {
        const float *row = x + i * ldx;
        uint8_t *bytes = q + i * depth;
        float low = 0;
        float high = 0;
        int numbers = 1;
        for (size_t p = 0; p < k; p++) {
            float value = row[p] * factors[p];
            low = value < low ? value : low;
            high = value > high ? value : high;
            numbers &= value == value;
        }
        ckernels_choose_scale(numbers ? low : NAN, high, &scales[i], &zeros[i]);
        memset(bytes, 0, depth);
        if (!(scales[i] > 0)) {
            continue;
        }
        float inverse = 255 / (high - low);
        for (size_t p = 0; p < k; p++) {
            float place = nearbyintf(row[p] * factors[p] * inverse) + (float)zeros[i];
            bytes[p] = (uint8_t)(place < 0 ? 0 : place > 255 ? 255 : place);
        }
    }
}

static void apply(
    size_t m, const uint8_t *q, const float *scales, const int32_t *zeros, const ckernels_weights *w, float *y,
    size_t ldy) {
    for (size_t j = 0; j < w->rows; j++) {
        const int8_t *block = w->weights + j / CKERNELS_BLOCK_ROWS * CKERNELS_BLOCK_ROWS * w->depth;
        for (size_t i = 0; i < m; i++) {
            int32_t sum = 0;
            for (size_t p = 0; p < w->depth; p++) {
                size_t place = (p / 4 * CKERNELS_BLOCK_ROWS + j % CKERNELS_BLOCK_ROWS) * 4 + p % 4;
                sum += (int32_t)q[i * w->depth + p] * block[place];
            }
            // Unsigned, where overflow is defined: damaged sums may be anything.
            int32_t product = (int32_t)((uint32_t)sum - (uint32_t)zeros[i] * (uint32_t)w->sums[j]);
            y[i * ldy + j] = (float)product * (scales[i] * w->scales[j]) + w->bias[j];
        }
    }
}

const ckernels_linear ckernels_linear_scalar = {quantize, apply};
