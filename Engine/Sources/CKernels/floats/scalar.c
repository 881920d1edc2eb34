// Portable kernels. Sums run over eight lanes, so that any compiler can turn
// them into whatever vectors the processor's baseline has (SSE2, NEON).

#include "../kernel_sets.h"

#include <math.h>

enum { LANES = 8 };

static float lane_sum(const float *sums) {
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

static float dot(size_t n, const float *a, const float *b) {
    float sums[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= n; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    for (int lane = 0; i < n; i++, lane++) {
        sums[lane] += a[i] * b[i];
    }
    return lane_sum(sums);
}

static void gemm_nt(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias, float *c,
    size_t ldc) {
    // Blocks of rows of a stay in the second-level cache while b streams by.
    enum { BLOCK = 64 };
    for (size_t start = 0; start < m; start += BLOCK) {
        size_t end = smaller(start + BLOCK, m);
        for (size_t j = 0; j < n; j++) {
            float offset = bias ? bias[j] : 0;
            for (size_t i = start; i < end; i++) {
                c[i * ldc + j] = dot(k, a + i * lda, b + j * ldb) + offset;
            }
        }
    }
}

static void gemm_nn(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c, size_t ldc) {
    for (size_t i = 0; i < m; i++) {
        float *row = c + i * ldc;
        for (size_t j = 0; j < n; j++) {
            row[j] = 0;
        }
        for (size_t p = 0; p < k; p++) {
            float factor = a[i * lda + p];
            for (size_t j = 0; j < n; j++) {
                row[j] += factor * b[p * ldb + j];
            }
        }
    }
}

static void transpose(size_t m, size_t n, const float *a, size_t lda, float *b, size_t ldb) {
    for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++) {
            b[j * ldb + i] = a[i * lda + j];
        }
    }
}

static void scores(size_t n, size_t k, const float *rows, size_t ldrows, const float *query, float *out) {
    for (size_t i = 0; i < n; i++) {
        out[i] = dot(k, rows + i * ldrows, query);
    }
}

static void layer_norm(
    size_t m, size_t n, float *x, size_t ldx, const float *residual, const float *gain, const float *bias,
    float epsilon) {
    for (size_t i = 0; i < m; i++) {
        float *row = x + i * ldx;
        float sum = 0;
        for (size_t j = 0; j < n; j++) {
            row[j] += residual ? residual[i * ldx + j] : 0;
            sum += row[j];
        }
        float mean = sum / (float)n;
        float squares = 0;
        for (size_t j = 0; j < n; j++) {
            float deviation = row[j] - mean;
            squares += deviation * deviation;
        }
        float scale = 1 / sqrtf(squares / (float)n + epsilon);
        for (size_t j = 0; j < n; j++) {
            row[j] = (row[j] - mean) * scale * gain[j] + bias[j];
        }
    }
}

static void softmax(size_t m, size_t n, float *x, size_t ldx, float scale) {
    for (size_t i = 0; i < m; i++) {
        float *row = x + i * ldx;
        float largest = -INFINITY;
        for (size_t j = 0; j < n; j++) {
            row[j] *= scale;
            largest = row[j] > largest ? row[j] : largest;
        }
        float sum = 0;
        for (size_t j = 0; j < n; j++) {
            row[j] = expf(row[j] - largest);
            sum += row[j];
        }
        for (size_t j = 0; j < n; j++) {
            row[j] /= sum;
        }
    }
}

static void gelu(size_t n, float *x) {
    for (size_t i = 0; i < n; i++) {
        // erfc, not 1 + erf, so that no digits cancel for negative x.
        x[i] *= 0.5f * erfcf(-0.70710678118654752f * x[i]);
    }
}

const ckernels_floats ckernels_floats_scalar = {dot, gemm_nt, gemm_nn, transpose, scores, layer_norm, softmax, gelu};
