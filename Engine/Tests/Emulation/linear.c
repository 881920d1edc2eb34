// The quantised layers of a level against the portable ones, to the bit.

#include "sweep.h"

#include <math.h>
#include <string.h>

enum { WEIGHTS, SCALES, SUMS, BIAS, BYTES, ROW_SCALES, ZEROS, OUTPUT, WANTED };

static size_t rounded_up(size_t count, size_t step) {
    return (count + step - 1) / step * step;
}

static size_t place_of(size_t j, size_t p, size_t depth) {
    return ((j / 16 * (depth / 4) + p / 4) * 16 + j % 16) * 4 + p % 4;
}

// What the lane limit leaves for `sign`, dealt out at random.
static void deal(int8_t *lane[4], int sign) {
    int left = CKERNELS_LANE_LIMIT;
    for (int turn = 0; turn < 8 && left > 0; turn++) {
        int8_t *weight = lane[below(4)];
        int most = sign > 0 ? 127 : 128;
        if (*weight == 0) {
            int size = turn == 0 && below(2) ? most : (int)below((uint32_t)(left < most ? left : most) + 1);
            *weight = (int8_t)(sign * size);
            left -= size;
        }
    }
}

// Weights [n, k]: small ones, or for every lane all that its limit allows.
static void fill_weights(ckernels_weights *w, size_t k, int extreme) {
    size_t rows = rounded_up(w->rows, CKERNELS_BLOCK_ROWS);
    int8_t *weights = room(WEIGHTS, rows * w->depth, 1, k % 3);
    int32_t *sums = room(SUMS, rows, 4, k % 2);
    float *scales = room(SCALES, rows, 4, k % 5);
    float *bias = room(BIAS, rows, 4, k % 7);
    memset(weights, 0, rows * w->depth);
    for (size_t j = 0; j < rows; j++) {
        // Beyond the last row there is room, but nothing is said of it.
        int exists = j < w->rows;
        sums[j] = exists ? 0 : GAP;
        scales[j] = exists ? (j % 4 ? between(0.001f, 0.1f) : 1) : NAN;
        bias[j] = exists ? (j % 3 ? between(-5, 5) : 0) : NAN;
        for (size_t p = 0; exists && p < w->depth; p += 8) {
            static const size_t members[2][4] = {{0, 1, 4, 5}, {2, 3, 6, 7}};
            for (int lane = 0; lane < 2; lane++) {
                int8_t *lanes[4];
                int8_t spare = 0;
                for (int i = 0; i < 4; i++) {
                    size_t at = p + members[lane][i];
                    lanes[i] = at < k ? weights + place_of(j, at, w->depth) : &spare;
                    *lanes[i] = extreme || at >= k ? 0 : (int8_t)((int)below(65) - 32);
                }
                if (extreme) {
                    int sign = below(2) ? 1 : -1;
                    deal(lanes, sign);
                    deal(lanes, -sign);
                }
            }
        }
        for (size_t p = 0; exists && p < w->depth; p++) {
            sums[j] += weights[place_of(j, p, w->depth)];
        }
    }
    w->weights = weights;
    w->sums = sums;
    w->scales = scales;
    w->bias = bias;
}

// Bytes [m, k]: any, all alike, or those that drive a row's sums furthest.
static uint8_t activation(const ckernels_weights *w, size_t i, size_t p, int extreme) {
    int weight = w->rows ? w->weights[place_of(i % w->rows, p, w->depth)] : 0;
    switch (extreme ? i % 5 : 5) {
    case 0:
        return 255;
    case 1:
        return weight > 0 ? 255 : 0;
    case 2:
        return weight < 0 ? 255 : 0;
    case 3:
        return 0;
    default:
        return (uint8_t)below(256);
    }
}

static void check(const kernels *tested, size_t m, size_t n, size_t k, int extreme) {
    begin("%s: apply to [%zu, %zu], %zu outputs%s", tested->name, m, k, n, extreme ? ", extremes" : "");
    ckernels_weights w = {.rows = n, .depth = rounded_up(k, CKERNELS_BLOCK_DEPTH)};
    fill_weights(&w, k, extreme);
    uint8_t *q = room(BYTES, m * w.depth, 1, m % 5);
    float *scales = room(ROW_SCALES, m, 4, 0);
    int32_t *zeros = room(ZEROS, m, 4, 0);
    for (size_t i = 0; i < m; i++) {
        static const float some[] = {1, 0, NAN, 3e38f, 1e-40f};
        scales[i] = below(3) ? between(1e-4f, 2) : some[below(5)];
        zeros[i] = extreme && i % 3 ? (i % 3 == 1 ? 255 : 0) : (int32_t)below(256);
        for (size_t p = 0; p < w.depth; p++) {
            q[i * w.depth + p] = p < k ? activation(&w, i, p, extreme) : 0;
        }
    }
    size_t stride = n + m % 4;
    float *y = matrix(OUTPUT, m, n, stride, n % 3);
    float *wanted = matrix(WANTED, m, n, stride, 0);
    tested->linear->apply(m, q, scales, zeros, &w, y, stride);
    ckernels_linear_scalar.apply(m, q, scales, zeros, &w, wanted, stride);
    int holds = gaps_hold(y, m, n, stride);
    for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++) {
            holds &= same(y[i * stride + j], wanted[i * stride + j]);
        }
    }
    end(holds);
}

void sweep_linear(const kernels *tested) {
    static const size_t edges[] = {383, 384, 385, 1535, 1536, 1537};
    for (int extreme = 0; extreme < 2; extreme++) {
        for (size_t size = 0; size <= 81; size++) {
            // Each of the three sizes is awkward in turn, the others follow.
            check(tested, size % 42, 37, 29, extreme);
            check(tested, 7, size, 17, extreme);
            check(tested, 5, 19, size, extreme);
            check(tested, 1 + below(20), 1 + below(200), 1 + below(100), extreme);
        }
        for (size_t m = 1; m <= 13; m++) {
            for (size_t n = 15; n <= 130; n += 1 + below(16)) {
                check(tested, m, n, 24, extreme);
            }
        }
        for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
            check(tested, 12, 33, edges[i], extreme);
            check(tested, 3, edges[i], 40, extreme);
        }
        check(tested, 12, 384, 384, extreme);
        check(tested, 12, 70, 3072, extreme);
        check(tested, 131, 48, 384, extreme);
    }
}
