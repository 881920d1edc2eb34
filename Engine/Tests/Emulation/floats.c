// The float kernels that multiply, against their definitions in double
// precision.
//
// A sum of k products of elements up to 1 in size differs from the exact one by
// less than √k · 1e-6 in practice, as the Swift tests argue; one whose sum
// happens to be of size 40, by four times that. A missing product is 1e-1.
// (√k + 1) · 4e-6 is allowed.

#include "sweep.h"

#include <math.h>

enum { A, B, C, BIAS, ALONE };

static double tolerance(size_t k) {
    return (sqrt((double)k) + 1) * 4e-6;
}

static float *filled(int slot, size_t rows, size_t columns, size_t stride, size_t slack) {
    float *x = matrix(slot, rows, columns, stride, slack);
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            x[i * stride + j] = between(-1, 1);
        }
    }
    return x;
}

// c[m, n] against the sums of a[i, p] · b, whose element (p, j) lies at p ·
// ldp + j · ldj.
static int agrees(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldp, size_t ldj,
    const float *bias, const float *c, size_t ldc) {
    int holds = gaps_hold(c, m, n, ldc);
    for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++) {
            double sum = bias ? bias[j] : 0;
            for (size_t p = 0; p < k; p++) {
                sum += (double)a[i * lda + p] * b[p * ldp + j * ldj];
            }
            holds &= near(c[i * ldc + j], sum, tolerance(k));
        }
    }
    return holds;
}

// Whether c[m, n] and the rows' results on their own are the same.
static int same_alone(const float *c, size_t ldc, const float *alone, size_t m, size_t n) {
    int holds = 1;
    for (size_t i = 0; i < m * n; i++) {
        holds &= same(c[i / n * ldc + i % n], alone[i]);
    }
    return holds;
}

static void make_strange(float *x, size_t count, int strange) {
    if (strange && count) {
        x[below((uint32_t)count)] = strange == 1 ? NAN : INFINITY;
    }
}

static void check_nt(const kernels *tested, size_t m, size_t n, size_t k, int strange, int biased) {
    begin("%s: gemm_nt [%zu, %zu] by [%zu, %zu]", tested->name, m, k, n, k);
    size_t lda = k + m % 4, ldb = k + n % 3, ldc = n + m % 3;
    float *a = filled(A, m, k, lda, n % 3);
    float *b = filled(B, n, k, ldb, m % 4);
    float *bias = biased ? filled(BIAS, 1, n, n, k % 2) : NULL;
    float *c = matrix(C, m, n, ldc, 0);
    float *alone = matrix(ALONE, m, n, n, 0);
    make_strange(a + m / 2 * lda, k, strange);
    tested->floats->gemm_nt(m, n, k, a, lda, b, ldb, bias, c, ldc);
    for (size_t i = 0; i < m; i++) {
        tested->floats->gemm_nt(1, n, k, a + i * lda, lda, b, ldb, bias, alone + i * n, n);
    }
    end(agrees(m, n, k, a, lda, b, 1, ldb, bias, c, ldc) && same_alone(c, ldc, alone, m, n));
}

static void check_nn(const kernels *tested, size_t m, size_t n, size_t k, int strange) {
    begin("%s: gemm_nn [%zu, %zu] by [%zu, %zu]", tested->name, m, k, k, n);
    size_t lda = k + m % 4, ldb = n + k % 5, ldc = n + m % 3;
    float *a = filled(A, m, k, lda, n % 3);
    float *b = filled(B, k, n, ldb, m % 2);
    float *c = matrix(C, m, n, ldc, 0);
    float *alone = matrix(ALONE, m, n, n, 0);
    make_strange(a + m / 2 * lda, k, strange);
    tested->floats->gemm_nn(m, n, k, a, lda, b, ldb, c, ldc);
    for (size_t i = 0; i < m; i++) {
        tested->floats->gemm_nn(1, n, k, a + i * lda, lda, b, ldb, alone + i * n, n);
    }
    end(agrees(m, n, k, a, lda, b, ldb, 1, NULL, c, ldc) && same_alone(c, ldc, alone, m, n));
}

static void check_products(const kernels *tested, size_t m, size_t n, size_t k, int strange) {
    // Without rows there is nowhere to put something strange.
    strange = m ? strange : 0;
    check_nt(tested, m, n, k, strange, 0);
    check_nt(tested, m, n, k, strange, 1);
    check_nn(tested, m, n, k, strange);
}

static void check_transpose(const kernels *tested, size_t m, size_t n) {
    begin("%s: transpose [%zu, %zu]", tested->name, m, n);
    size_t lda = n + m % 3, ldb = m + n % 4;
    float *a = filled(A, m, n, lda, n % 3);
    float *b = matrix(B, n, m, ldb, m % 4);
    tested->floats->transpose(m, n, a, lda, b, ldb);
    int holds = gaps_hold(b, n, m, ldb);
    for (size_t i = 0; i < m * n; i++) {
        holds &= same(b[i % n * ldb + i / n], a[i / n * lda + i % n]);
    }
    end(holds);
}

static void check_scores(const kernels *tested, size_t n, size_t k, int strange) {
    begin("%s: scores of [%zu, %zu]", tested->name, n, k);
    size_t stride = k + n % 3;
    float *rows = filled(A, n, k, stride, k % 3);
    float *query = filled(B, 1, k, k, n % 4);
    float *scores = matrix(C, 1, n, n, k % 2);
    make_strange(query, k, strange);
    tested->floats->scores(n, k, rows, stride, query, scores);
    int holds = agrees(n, 1, k, rows, stride, query, 1, 1, NULL, scores, 1);
    for (size_t i = 0; i < n; i++) {
        holds &= near(tested->floats->dot(k, rows + i * stride, query), scores[i], tolerance(k));
    }
    end(holds);
}

void sweep_floats(const kernels *tested) {
    static const size_t edges[] = {383, 384, 385, 767, 768, 769, 1535, 1536, 1537};
    for (size_t size = 0; size <= 67; size++) {
        int strange = size % 5 == 1 ? 1 : size % 5 == 2 ? 2 : 0;
        check_products(tested, size, 5, 33, strange);
        check_products(tested, 7, size, 17, strange);
        check_products(tested, 5, 6, size, strange);
        check_transpose(tested, size, 21);
        check_transpose(tested, 19, size);
        check_scores(tested, size, 37, strange);
        check_scores(tested, 6, size, strange);
    }
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        check_products(tested, 9, 131, edges[i], 0);
        check_scores(tested, 9, edges[i], 0);
    }
    check_products(tested, 3, 600, 384, 0);
}
