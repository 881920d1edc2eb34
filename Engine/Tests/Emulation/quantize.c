// Activations to bytes by a level and by the portable kernel: to the bit.

#include "sweep.h"

#include <math.h>
#include <string.h>

enum { INPUT, FACTORS, BYTES, SCALES, ZEROS, WANTED_BYTES, WANTED_SCALES, WANTED_ZEROS };

enum { ANY, POSITIVE, NEGATIVE, NOTHING, TIES, TINY, HUGE_RANGE, TOO_HUGE, ONE_NAN, ONE_INFINITY, ONE_BELOW, KINDS };

static float element(int kind, size_t p, size_t special, float factor) {
    float v = between(-3, 5);
    float shift, place;
    switch (kind) {
    case POSITIVE:
        return fabsf(v);
    case NEGATIVE:
        return -fabsf(v);
    case NOTHING:
        return p % 2 ? -0.0f : 0;
    case TIES:
        // Scale 1, and halves, which are rounded to even numbers; with
        // factors, nearly halves, which show in what order one multiplies.
        // From -99.5 to 155.5 both ends are rounded up: the byte would be 256.
        shift = special % 2 ? 0.5f : 0;
        place = p == special ? -100 : p == (special ? 0 : 1) ? 155 : (float)below(254) - 98.5f - shift;
        return (place + shift) / factor;
    case TINY:
        // Some below what counts as nothing, some above, some subnormal.
        return v * (special % 3 ? special % 3 == 1 ? 1e-30f : 3e-31f : 1e-39f);
    case HUGE_RANGE:
        return v * 3.5e37f;
    case TOO_HUGE:
        return p == special ? 3e38f : v > 4 ? -3e38f : v;
    case ONE_NAN:
        return p == special ? NAN : v;
    case ONE_INFINITY:
        return p == special ? (p % 2 ? INFINITY : -INFINITY) : v;
    case ONE_BELOW:
        return p == special ? -1000 : 1;
    default:
        return v;
    }
}

static void check(const kernels *tested, size_t m, size_t k, int kind, int plain) {
    size_t depth = (k + CKERNELS_BLOCK_DEPTH - 1) / CKERNELS_BLOCK_DEPTH * CKERNELS_BLOCK_DEPTH;
    size_t stride = k + k % 3;
    begin("%s: quantize [%zu, %zu] of kind %d", tested->name, m, k, kind);
    float *x = matrix(INPUT, m, k, stride, k % 2);
    float *factors = room(FACTORS, k, 4, k % 4);
    for (size_t p = 0; p < k; p++) {
        factors[p] = plain ? 1 : between(0.2f, 1.5f);
    }
    for (size_t i = 0; i < m; i++) {
        size_t special = k ? below((uint32_t)k) : 0;
        for (size_t p = 0; p < k; p++) {
            x[i * stride + p] = element(kind, p, special, factors[p]);
        }
    }
    uint8_t *q = room(BYTES, m * depth, 1, k % 7);
    float *scales = room(SCALES, m, 4, 1);
    int32_t *zeros = room(ZEROS, m, 4, 1);
    uint8_t *wanted_q = room(WANTED_BYTES, m * depth, 1, 0);
    float *wanted_scales = room(WANTED_SCALES, m, 4, 0);
    int32_t *wanted_zeros = room(WANTED_ZEROS, m, 4, 0);
    memset(q, 77, m * depth);
    tested->linear->quantize(m, k, depth, x, stride, factors, q, scales, zeros);
    ckernels_linear_scalar.quantize(m, k, depth, x, stride, factors, wanted_q, wanted_scales, wanted_zeros);
    int holds = memcmp(q, wanted_q, m * depth) == 0 && memcmp(zeros, wanted_zeros, m * sizeof *zeros) == 0;
    for (size_t i = 0; i < m; i++) {
        holds &= same(scales[i], wanted_scales[i]);
    }
    end(holds);
}

void sweep_quantize(const kernels *tested) {
    for (int kind = 0; kind < KINDS; kind++) {
        for (size_t k = 0; k <= 81; k++) {
            check(tested, 3, k, kind, 0);
            check(tested, 2, k, kind, 1);
        }
        for (size_t k = 383; k <= 385; k++) {
            check(tested, 5, k, kind, 0);
            check(tested, 4, 4 * k, kind, 1);
        }
        // A special element comes to every place in time.
        check(tested, 400, 39, kind, 0);
        check(tested, 0, 24, kind, 0);
    }
}
