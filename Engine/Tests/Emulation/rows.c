// The float kernels over rows, against their definitions in double precision.
// The tolerances are those of the Swift tests, where they are argued.

#include "sweep.h"

#include <math.h>
#include <string.h>

enum { X, RESIDUAL, GAIN, BIAS, BEFORE };

static void fill(float *x, size_t rows, size_t columns, size_t stride, float low, float high) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            x[i * stride + j] = between(low, high);
        }
    }
}

static int layer_norm_agrees(
    size_t n, const float *x, const float *before, const float *residual, const float *gain, const float *bias) {
    double sum = 0, squares = 0;
    for (size_t j = 0; j < n; j++) {
        sum += (double)before[j] + (residual ? residual[j] : 0);
    }
    for (size_t j = 0; j < n; j++) {
        double deviation = (double)before[j] + (residual ? residual[j] : 0) - sum / (double)n;
        squares += deviation * deviation;
    }
    int holds = 1;
    for (size_t j = 0; j < n; j++) {
        double deviation = (double)before[j] + (residual ? residual[j] : 0) - sum / (double)n;
        double wanted = deviation / sqrt(squares / (double)n + 1e-12) * gain[j] + bias[j];
        // Two nearly equal elements divide by little: allow for it.
        holds &= near(x[j], wanted, n < 8 ? 1e-4 : 4e-6);
    }
    return holds;
}

static void check_layer_norm(const kernels *tested, size_t n, int adds) {
    enum { ROWS = 3 };
    begin("%s: layer_norm of %zu columns", tested->name, n);
    size_t stride = n + n % 3;
    float *x = matrix(X, ROWS, n, stride, n % 4);
    float *residual = matrix(RESIDUAL, ROWS, n, stride, n % 2);
    float *before = matrix(BEFORE, ROWS, n, stride, 0);
    float *gain = matrix(GAIN, 1, n, n, n % 5);
    float *bias = matrix(BIAS, 1, n, n, n % 3);
    fill(x, ROWS, n, stride, -3, 5);
    fill(residual, ROWS, n, stride, -1, 1);
    fill(gain, 1, n, n, -1, 1);
    fill(bias, 1, n, n, -1, 1);
    if (n % 9 == 8) {
        x[stride + below((uint32_t)n)] = NAN;
    }
    memcpy(before, x, ((ROWS - 1) * stride + n) * sizeof *x);
    tested->floats->layer_norm(ROWS, n, x, stride, adds ? residual : NULL, gain, bias, 1e-12f);
    int holds = gaps_hold(x, ROWS, n, stride);
    for (size_t i = 0; i < ROWS; i++) {
        size_t at = i * stride;
        holds &= layer_norm_agrees(n, x + at, before + at, adds ? residual + at : NULL, gain, bias);
    }
    end(holds);
}

static int softmax_agrees(size_t n, const float *x, const float *before, float scale, double tolerance) {
    double largest = -INFINITY, sum = 0;
    for (size_t j = 0; j < n; j++) {
        double v = (double)before[j] * scale;
        largest = v > largest || v != v ? v : largest;
    }
    for (size_t j = 0; j < n; j++) {
        sum += exp((double)before[j] * scale - largest);
    }
    int holds = 1;
    for (size_t j = 0; j < n; j++) {
        holds &= near(x[j], exp((double)before[j] * scale - largest) / sum, tolerance);
    }
    return holds;
}

static void check_softmax(const kernels *tested, size_t n, float spread) {
    enum { ROWS = 3 };
    begin("%s: softmax of %zu columns up to %g", tested->name, n, (double)spread);
    size_t stride = n + n % 3;
    float *x = matrix(X, ROWS, n, stride, n % 4);
    float *before = matrix(BEFORE, ROWS, n, stride, 0);
    fill(x, ROWS, n, stride, -spread, spread);
    if (n % 9 == 8) {
        x[stride + below((uint32_t)n)] = NAN;
    } else if (n % 9 == 7) {
        x[stride + below((uint32_t)n)] = -INFINITY;
    }
    memcpy(before, x, ((ROWS - 1) * stride + n) * sizeof *x);
    tested->floats->softmax(ROWS, n, x, stride, 0.25f);
    int holds = gaps_hold(x, ROWS, n, stride);
    for (size_t i = 0; i < ROWS; i++) {
        double tolerance = spread * 1e-7 > 1e-6 ? spread * 1e-7 : 1e-6;
        holds &= softmax_agrees(n, x + i * stride, before + i * stride, 0.25f, tolerance);
    }
    end(holds);
}

// Exact arguments: relative errors stay as small where shares are.
static void check_small_shares(const kernels *tested) {
    enum { N = 161 };
    begin("%s: softmax's small shares", tested->name);
    float *x = matrix(X, 1, N, N, 0);
    double sum = 0;
    for (int j = 0; j < N; j++) {
        x[j] = (float)j / -8;
        sum += exp(j / -8.0);
    }
    tested->floats->softmax(1, N, x, N, 1);
    int holds = 1;
    for (int j = 0; j < N; j++) {
        holds &= fabs(x[j] / (exp(j / -8.0) / sum) - 1) < 8e-7;
    }
    end(holds);
}

static void check_gelu(const kernels *tested, size_t n, float low, float high) {
    begin("%s: gelu of %zu from %g on", tested->name, n, (double)low);
    float *x = matrix(X, 1, n, n, n % 4);
    float *before = matrix(BEFORE, 1, n, n, 0);
    for (size_t i = 0; i < n; i++) {
        x[i] = low + (high - low) * (float)i / (float)n;
    }
    if (n % 9 == 8) {
        x[below((uint32_t)n)] = NAN;
    }
    memcpy(before, x, n * sizeof *x);
    tested->floats->gelu(n, x);
    int holds = 1;
    for (size_t i = 0; i < n; i++) {
        holds &= near(x[i], before[i] * 0.5 * erfc(before[i] / -sqrt(2)), 4e-7 * fabs(before[i]));
    }
    end(holds);
}

static void check_extremes(const kernels *tested) {
    begin("%s: gelu of extremes", tested->name);
    float *x = matrix(X, 1, 5, 5, 0);
    memcpy(x, (float[]){INFINITY, 3e38f, -3e38f, NAN, -100}, 5 * sizeof *x);
    tested->floats->gelu(5, x);
    end(x[0] == INFINITY && x[1] == 3e38f && fabsf(x[2]) < 2 && x[3] != x[3] && fabsf(x[4]) < 1e-30f);

    begin("%s: softmax of extremes", tested->name);
    x = matrix(X, 1, 4, 4, 0);
    memcpy(x, (float[]){-3.4e38f, 0, 3e38f, -INFINITY}, 4 * sizeof *x);
    tested->floats->softmax(1, 4, x, 4, 1);
    end(x[0] < 1e-30f && x[1] < 1e-30f && x[2] == 1 && x[3] < 1e-30f);
}

void sweep_rows(const kernels *tested) {
    static const size_t edges[] = {100, 255, 256, 257, 383, 384, 385, 1536};
    for (size_t i = 1; i <= 67 + sizeof edges / sizeof *edges; i++) {
        size_t n = i <= 67 ? i : edges[i - 68];
        if (n > 1) {
            check_layer_norm(tested, n, 0);
            check_layer_norm(tested, n, 1);
        }
        check_softmax(tested, n, 1);
        check_softmax(tested, n, 30);
        check_softmax(tested, n, 1000);
        check_gelu(tested, n, -6, 6);
    }
    check_gelu(tested, 65563, -20, 20);
    check_small_shares(tested);
    check_extremes(tested);
}
