// Kernels of 8 lanes, for processors with AVX2 and fused multiply-add. No
// other file is compiled for them: the functions carry the target themselves.

#include "../kernel_sets.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <stdint.h>
#include <math.h>

#define AVX2 __attribute__((target("avx2,fma")))
#define INLINED AVX2 static inline __attribute__((always_inline))

enum { LANES = 8 };

// The first `count` lanes, of at most 8.
INLINED __m256i first_lanes(size_t count) {
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)smaller(count, LANES)), lanes);
}

// Lanes j to j + 8 of a row of which `whole` lie in whole vectors and the
// others in `tail`. Only the end of a row is masked: masked stores cost some
// processors a dozen cycles.
INLINED __m256 load(const float *row, size_t j, size_t whole, __m256i tail) {
    return j < whole ? _mm256_loadu_ps(row + j) : _mm256_maskload_ps(row + j, tail);
}

INLINED void store(float *row, size_t j, size_t whole, __m256i tail, __m256 v) {
    if (j < whole) {
        _mm256_storeu_ps(row + j, v);
    } else {
        _mm256_maskstore_ps(row + j, tail, v);
    }
}

INLINED __m256 clear_others(__m256i mask, __m256 v) {
    return _mm256_and_ps(_mm256_castsi256_ps(mask), v);
}

// The sums of four vectors' lanes. Each is added up in the same order
// whatever the other three hold, which makes results independent of blocking.
INLINED __m128 sums_of_4(__m256 a, __m256 b, __m256 c, __m256 d) {
    __m256 abcd = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
    return _mm_add_ps(_mm256_castps256_ps128(abcd), _mm256_extractf128_ps(abcd, 1));
}

INLINED float sum(__m256 a) {
    return _mm_cvtss_f32(sums_of_4(a, a, a, a));
}

// Asks for the cache line `distance` floats ahead: see avx512.c.
INLINED void fetch_ahead(const float *place, size_t distance) {
    _mm_prefetch((const char *)((uintptr_t)place + distance * sizeof *place), _MM_HINT_T0);
}

// MARK: Matrix products

// Rows of a and of b that one tile multiplies: 12 sums, 3 rows of a and one of
// b fill the 16 registers, and 7 loads serve 12 multiplications.
enum { TILE_M = 3, TILE_N = 4 };

// Floats of a row that a tile takes at a time: 7 rows of them, 21 KiB, stay
// in the first-level cache while other tiles use them again.
enum { BLOCK_K = 768 };

// c[rows, columns] = a · bᵀ + offset, over k floats; added to c if `adds`.
INLINED void tile_nt(
    const int rows, const int columns, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
    const float *bias, float *c, size_t ldc, int adds) {
    __m256 sums[TILE_M][TILE_N];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) {
            sums[i][j] = _mm256_setzero_ps();
        }
    }
    size_t p = 0;
    for (; p + LANES <= k; p += LANES) {
        __m256 left[TILE_M];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            left[i] = _mm256_loadu_ps(a + i * lda + p);
        }
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) {
            __m256 right = _mm256_loadu_ps(b + j * ldb + p);
            fetch_ahead(b + j * ldb + p, columns * ldb);
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) {
                sums[i][j] = _mm256_fmadd_ps(left[i], right, sums[i][j]);
            }
        }
    }
    if (p < k) {
        __m256i mask = first_lanes(k - p);
        __m256 left[TILE_M];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            left[i] = _mm256_maskload_ps(a + i * lda + p, mask);
        }
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) {
            __m256 right = _mm256_maskload_ps(b + j * ldb + p, mask);
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) {
                sums[i][j] = _mm256_fmadd_ps(left[i], right, sums[i][j]);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        float *out = c + i * ldc;
        if (columns == TILE_N) {
            __m128 result = sums_of_4(sums[i][0], sums[i][1], sums[i][2], sums[i][3]);
            __m128 offset = adds ? _mm_loadu_ps(out) : bias ? _mm_loadu_ps(bias) : _mm_setzero_ps();
            _mm_storeu_ps(out, _mm_add_ps(result, offset));
        } else {
            *out = sum(sums[i][0]) + (adds ? *out : bias ? *bias : 0);
        }
    }
}

#define TILE_NT(rows)                                                                                            \
    AVX2 static void tiles_nt_##rows(                                                                          \
        size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias, float *c, \
        size_t ldc, int adds) {                                                                                  \
        size_t j = 0;                                                                                            \
        for (; j + TILE_N <= n; j += TILE_N) {                                                                   \
            tile_nt(rows, TILE_N, k, a, lda, b + j * ldb, ldb, bias ? bias + j : NULL, c + j, ldc, adds);        \
        }                                                                                                        \
        for (; j < n; j++) {                                                                                     \
            tile_nt(rows, 1, k, a, lda, b + j * ldb, ldb, bias ? bias + j : NULL, c + j, ldc, adds);             \
        }                                                                                                        \
    }

TILE_NT(1)
TILE_NT(2)
TILE_NT(3)

typedef void (*tiles_nt)(
    size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias, float *c,
    size_t ldc, int adds);

static const tiles_nt tiles_nt_of_rows[] = {
    NULL, tiles_nt_1, tiles_nt_2, tiles_nt_3,
};

static void gemm_nt(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias, float *c,
    size_t ldc) {
    // Floats of b that stay in the second-level cache while all of a passes.
    enum { BLOCK = 96 * 1024 };
    size_t k_block = smaller(k, BLOCK_K);
    size_t n_block = k_block ? BLOCK / k_block / TILE_N * TILE_N : n;
    // Tiles of equal height: 4 rows are 2 + 2, not 3 + 1.
    size_t tiles = (m + TILE_M - 1) / TILE_M;
    for (size_t j = 0; j < n; j += n_block) {
        size_t columns = smaller(n_block, n - j);
        size_t p = 0;
        do {
            size_t depth = smaller(BLOCK_K, k - p);
            for (size_t tile = 0, i = 0; tile < tiles; tile++) {
                size_t rows = (m - i + tiles - tile - 1) / (tiles - tile);
                tiles_nt_of_rows[rows](
                    columns, depth, a + i * lda + p, lda, b + j * ldb + p, ldb, bias ? bias + j : NULL,
                    c + i * ldc + j, ldc, p > 0);
                i += rows;
            }
            p += depth;
        } while (p < k);
    }
}

// Rows of a that one tile of gemm_nn multiplies with 16 columns of b: 12 sums,
// 2 vectors of b and one of a fill 15 registers.
enum { TILE_NN = 6 };

// c[rows, 16] = a[rows, k] · b[k, 16], of which the lanes in the masks exist;
// all of them if `all`.
INLINED void tile_nn(
    const int rows, const int all, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c,
    size_t ldc, __m256i first, __m256i second) {
    __m256 sums[TILE_NN][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        sums[i][0] = _mm256_setzero_ps();
        sums[i][1] = _mm256_setzero_ps();
    }
    for (size_t p = 0; p < k; p++) {
        const float *row = b + p * ldb;
        __m256 right0 = all ? _mm256_loadu_ps(row) : _mm256_maskload_ps(row, first);
        __m256 right1 = all ? _mm256_loadu_ps(row + LANES) : _mm256_maskload_ps(row + LANES, second);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            __m256 left = _mm256_broadcast_ss(a + i * lda + p);
            sums[i][0] = _mm256_fmadd_ps(left, right0, sums[i][0]);
            sums[i][1] = _mm256_fmadd_ps(left, right1, sums[i][1]);
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        float *row = c + i * ldc;
        if (all) {
            _mm256_storeu_ps(row, sums[i][0]);
            _mm256_storeu_ps(row + LANES, sums[i][1]);
        } else {
            _mm256_maskstore_ps(row, first, sums[i][0]);
            _mm256_maskstore_ps(row + LANES, second, sums[i][1]);
        }
    }
}

AVX2 static void gemm_nn(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c, size_t ldc) {
    for (size_t j = 0; j < n; j += 2 * LANES) {
        __m256i first = first_lanes(n - j);
        __m256i second = first_lanes(n - j > LANES ? n - j - LANES : 0);
        int all = n - j >= 2 * LANES;
        size_t i = 0;
        for (; i + TILE_NN <= m; i += TILE_NN) {
            if (all) {
                tile_nn(TILE_NN, 1, k, a + i * lda, lda, b + j, ldb, c + i * ldc + j, ldc, first, second);
            } else {
                tile_nn(TILE_NN, 0, k, a + i * lda, lda, b + j, ldb, c + i * ldc + j, ldc, first, second);
            }
        }
        for (; i + 2 <= m; i += 2) {
            tile_nn(2, 0, k, a + i * lda, lda, b + j, ldb, c + i * ldc + j, ldc, first, second);
        }
        for (; i < m; i++) {
            tile_nn(1, 0, k, a + i * lda, lda, b + j, ldb, c + i * ldc + j, ldc, first, second);
        }
    }
}

// b[n, m] = a[m, n]ᵀ, in squares of 8.
INLINED void transpose_square(const float *a, size_t lda, float *b, size_t ldb) {
    __m256 rows[LANES], pairs[LANES], fours[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) {
        rows[i] = _mm256_loadu_ps(a + i * lda);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i += 2) {
        pairs[i] = _mm256_unpacklo_ps(rows[i], rows[i + 1]);
        pairs[i + 1] = _mm256_unpackhi_ps(rows[i], rows[i + 1]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i += 4) {
        fours[i] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0x44);
        fours[i + 1] = _mm256_shuffle_ps(pairs[i], pairs[i + 2], 0xee);
        fours[i + 2] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0x44);
        fours[i + 3] = _mm256_shuffle_ps(pairs[i + 1], pairs[i + 3], 0xee);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
        _mm256_storeu_ps(b + i * ldb, _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x20));
        _mm256_storeu_ps(b + (i + 4) * ldb, _mm256_permute2f128_ps(fours[i], fours[i + 4], 0x31));
    }
}

AVX2 static void transpose(size_t m, size_t n, const float *a, size_t lda, float *b, size_t ldb) {
    size_t rows = m / LANES * LANES;
    size_t columns = n / LANES * LANES;
    for (size_t i = 0; i < rows; i += LANES) {
        for (size_t j = 0; j < columns; j += LANES) {
            transpose_square(a + i * lda + j, lda, b + j * ldb + i, ldb);
        }
    }
    for (size_t i = 0; i < m; i++) {
        for (size_t j = i < rows ? columns : 0; j < n; j++) {
            b[j * ldb + i] = a[i * lda + j];
        }
    }
}

// MARK: Vectors

// Four rows at a time: their loads overlap, and the query is fetched once.
INLINED void score_rows(
    const int rows, size_t k, const float *base, size_t stride, const float *query, float *out) {
    __m256 sums[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
    size_t whole = k / LANES * LANES;
    __m256i tail = first_lanes(k - whole);
    for (size_t p = 0; p < k; p += LANES) {
        __m256 right = load(query, p, whole, tail);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            sums[i] = _mm256_fmadd_ps(load(base + i * stride, p, whole, tail), right, sums[i]);
        }
    }
    if (rows == 4) {
        _mm_storeu_ps(out, sums_of_4(sums[0], sums[1], sums[2], sums[3]));
    } else {
        *out = sum(sums[0]);
    }
}

AVX2 static void scores(size_t n, size_t k, const float *rows, size_t ldrows, const float *query, float *out) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        score_rows(4, k, rows + i * ldrows, ldrows, query, out + i);
    }
    for (; i < n; i++) {
        score_rows(1, k, rows + i * ldrows, ldrows, query, out + i);
    }
}

AVX2 static float dot(size_t n, const float *a, const float *b) {
    float result;
    score_rows(1, n, a, n, b, &result);
    return result;
}

// MARK: Rows

AVX2 static void layer_norm(
    size_t m, size_t n, float *x, size_t ldx, const float *residual, const float *gain, const float *bias,
    float epsilon) {
    size_t whole = n / LANES * LANES;
    __m256i tail = first_lanes(n - whole);
    for (size_t i = 0; i < m; i++) {
        float *row = x + i * ldx;
        __m256 total = _mm256_setzero_ps();
        for (size_t j = 0; j < n; j += LANES) {
            __m256 v = load(row, j, whole, tail);
            if (residual) {
                v = _mm256_add_ps(v, load(residual + i * ldx, j, whole, tail));
                store(row, j, whole, tail, v);
            }
            total = _mm256_add_ps(total, v);
        }
        __m256 mean = _mm256_set1_ps(sum(total) / (float)n);
        __m256 squares = _mm256_setzero_ps();
        for (size_t j = 0; j < n; j += LANES) {
            __m256 deviation = _mm256_sub_ps(load(row, j, whole, tail), mean);
            deviation = j < whole ? deviation : clear_others(tail, deviation);
            squares = _mm256_fmadd_ps(deviation, deviation, squares);
        }
        __m256 scale = _mm256_set1_ps(1 / sqrtf(sum(squares) / (float)n + epsilon));
        for (size_t j = 0; j < n; j += LANES) {
            __m256 v = _mm256_mul_ps(_mm256_sub_ps(load(row, j, whole, tail), mean), scale);
            v = _mm256_fmadd_ps(v, load(gain, j, whole, tail), load(bias, j, whole, tail));
            store(row, j, whole, tail, v);
        }
    }
}

// eˣ, for x up to 88; smaller than -87 counts as -87, where e⁻⁸⁷ is 1.6e-38.
//
// eˣ = 2ⁿ · eʳ with n the integer nearest x / ln 2, so |r| <= ln 2 / 2. Of the
// series of eʳ the terms up to r⁷/7! remain: the rest is below
// 0.3466⁸/8! · 1.05 = 5.4e-9. ln 2 is subtracted in two parts, the first with
// enough trailing zeros that n times it is exact. Roundings included, the
// relative error is below 2e-7.
INLINED __m256 exponential(__m256 x) {
    // The operand order of min and max lets NaN through.
    x = _mm256_max_ps(_mm256_set1_ps(-87.0f), x);
    x = _mm256_min_ps(_mm256_set1_ps(88.0f), x);
    __m256 n = _mm256_round_ps(
        _mm256_mul_ps(x, _mm256_set1_ps(1.44269504f)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0.693359375f), x);
    r = _mm256_fnmadd_ps(n, _mm256_set1_ps(-2.12194440e-4f), r);
    __m256 y = _mm256_set1_ps(1.0f / 5040);
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 720));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 120));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 24));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f / 6));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(0.5f));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f));
    y = _mm256_fmadd_ps(y, r, _mm256_set1_ps(1.0f));
    // 2ⁿ, made from its exponent bits: n is between -126 and 127.
    __m256i bits = _mm256_slli_epi32(_mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127)), 23);
    return _mm256_mul_ps(y, _mm256_castsi256_ps(bits));
}

INLINED float maximum(__m256 a) {
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

AVX2 static void softmax(size_t m, size_t n, float *x, size_t ldx, float scale) {
    __m256 factor = _mm256_set1_ps(scale);
    __m256 lowest = _mm256_set1_ps(-INFINITY);
    size_t whole = n / LANES * LANES;
    __m256i tail = first_lanes(n - whole);
    for (size_t i = 0; i < m; i++) {
        float *row = x + i * ldx;
        __m256 largest = lowest;
        for (size_t j = 0; j < n; j += LANES) {
            __m256 v = _mm256_mul_ps(load(row, j, whole, tail), factor);
            v = j < whole ? v : _mm256_blendv_ps(lowest, v, _mm256_castsi256_ps(tail));
            largest = _mm256_max_ps(largest, v);
        }
        __m256 top = _mm256_set1_ps(maximum(largest));
        __m256 total = _mm256_setzero_ps();
        for (size_t j = 0; j < n; j += LANES) {
            __m256 v = exponential(_mm256_sub_ps(_mm256_mul_ps(load(row, j, whole, tail), factor), top));
            v = j < whole ? v : clear_others(tail, v);
            store(row, j, whole, tail, v);
            total = _mm256_add_ps(total, v);
        }
        __m256 share = _mm256_set1_ps(1 / sum(total));
        for (size_t j = 0; j < n; j += LANES) {
            store(row, j, whole, tail, _mm256_mul_ps(load(row, j, whole, tail), share));
        }
    }
}

// x · Φ(x), by the tail q = Φ(-|x|) = erfc(|x|/√2) / 2, for which Abramowitz
// and Stegun give, in formula 7.1.26, a polynomial in t = 1 / (1 + p·|x|/√2)
// times e^(-x²/2) with an absolute error of at most 1.5e-7 in erfc. The
// polynomial's terms are up to 1.5 in size, so five roundings add 3e-7 at
// worst, and the exponential 2e-7. Halved and multiplied by x, the error of the
// result is below 4e-7 · |x|; it does not grow where Φ(x) comes near 0 or 1.
INLINED __m256 gelu_of(__m256 x) {
    __m256 z = _mm256_mul_ps(_mm256_andnot_ps(_mm256_set1_ps(-0.0f), x), _mm256_set1_ps(0.70710678f));
    __m256 one = _mm256_set1_ps(1.0f);
    __m256 t = _mm256_div_ps(one, _mm256_fmadd_ps(z, _mm256_set1_ps(0.3275911f), one));
    __m256 y = _mm256_set1_ps(1.061405429f);
    y = _mm256_fmadd_ps(y, t, _mm256_set1_ps(-1.453152027f));
    y = _mm256_fmadd_ps(y, t, _mm256_set1_ps(1.421413741f));
    y = _mm256_fmadd_ps(y, t, _mm256_set1_ps(-0.284496736f));
    y = _mm256_fmadd_ps(y, t, _mm256_set1_ps(0.254829592f));
    y = _mm256_mul_ps(y, _mm256_mul_ps(t, _mm256_set1_ps(0.5f)));
    __m256 q = _mm256_mul_ps(y, exponential(_mm256_fnmadd_ps(z, z, _mm256_setzero_ps())));
    __m256 positive = _mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_GT_OQ);
    return _mm256_mul_ps(x, _mm256_blendv_ps(q, _mm256_sub_ps(one, q), positive));
}

AVX2 static void gelu(size_t n, float *x) {
    size_t whole = n / LANES * LANES;
    __m256i tail = first_lanes(n - whole);
    for (size_t i = 0; i < n; i += LANES) {
        store(x, i, whole, tail, gelu_of(load(x, i, whole, tail)));
    }
}

const ckernels_floats ckernels_floats_avx2 = {dot, gemm_nt, gemm_nn, transpose, scores, layer_norm, softmax, gelu};

#endif
