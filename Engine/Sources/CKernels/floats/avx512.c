// Kernels of 16 lanes, for processors with AVX-512F. No other file is
// compiled for it: the functions carry the target themselves.

#include "../kernel_sets.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <stdint.h>
#include <math.h>

#define AVX512 __attribute__((target("avx512f,avx2,fma")))
#define INLINED AVX512 static inline __attribute__((always_inline))

enum { LANES = 16 };

// The first `count` lanes, of at most 16.
INLINED __mmask16 first_lanes(size_t count) {
    return count >= LANES ? (__mmask16)0xffff : (__mmask16)((1u << count) - 1);
}

INLINED __m256 upper_half(__m512 v) {
    return _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(v), 1));
}

// The sums of four vectors' lanes. Each is added up in the same order
// whatever the other three hold, which makes results independent of blocking.
INLINED __m128 sums_of_4(__m512 a, __m512 b, __m512 c, __m512 d) {
    __m256 a8 = _mm256_add_ps(_mm512_castps512_ps256(a), upper_half(a));
    __m256 b8 = _mm256_add_ps(_mm512_castps512_ps256(b), upper_half(b));
    __m256 c8 = _mm256_add_ps(_mm512_castps512_ps256(c), upper_half(c));
    __m256 d8 = _mm256_add_ps(_mm512_castps512_ps256(d), upper_half(d));
    __m256 abcd = _mm256_hadd_ps(_mm256_hadd_ps(a8, b8), _mm256_hadd_ps(c8, d8));
    return _mm_add_ps(_mm256_castps256_ps128(abcd), _mm256_extractf128_ps(abcd, 1));
}

INLINED float sum(__m512 a) {
    return _mm_cvtss_f32(sums_of_4(a, a, a, a));
}

// Asks for the cache line `distance` floats ahead. The rows of a matrix are
// short: by the time the hardware has seen one coming, it is over, so the
// next rows are asked for while these are computed. Beyond the matrix's end
// the processor ignores it; as a number, since C has no pointers there.
INLINED void fetch_ahead(const float *place, size_t distance) {
    _mm_prefetch((const char *)((uintptr_t)place + distance * sizeof *place), _MM_HINT_T0);
}

// MARK: Matrix products

// Rows of a and of b that one tile multiplies: 16 sums need 8 loads for 16
// multiplications. Taller tiles would fit the 32 registers too, but clang then
// keeps sums on the stack, and runs at a third of the speed.
enum { TILE_M = 4, TILE_N = 4 };

// Floats of a row that a tile takes at a time: 8 rows of them, 24 KiB, stay
// in the first-level cache while other tiles use them again.
enum { BLOCK_K = 768 };

// c[rows, columns] = a · bᵀ + offset, over k floats; added to c if `adds`.
INLINED void tile_nt(
    const int rows, const int columns, size_t k, const float *a, size_t lda, const float *b, size_t ldb,
    const float *bias, float *c, size_t ldc, int adds) {
    __m512 sums[TILE_M][TILE_N];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) {
            sums[i][j] = _mm512_setzero_ps();
        }
    }
    size_t p = 0;
    for (; p + LANES <= k; p += LANES) {
        __m512 right[TILE_N];
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) {
            right[j] = _mm512_loadu_ps(b + j * ldb + p);
            fetch_ahead(b + j * ldb + p, columns * ldb);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            __m512 left = _mm512_loadu_ps(a + i * lda + p);
#pragma clang loop unroll(full)
            for (int j = 0; j < columns; j++) {
                sums[i][j] = _mm512_fmadd_ps(left, right[j], sums[i][j]);
            }
        }
    }
    if (p < k) {
        __mmask16 mask = first_lanes(k - p);
        __m512 right[TILE_N];
#pragma clang loop unroll(full)
        for (int j = 0; j < columns; j++) {
            right[j] = _mm512_maskz_loadu_ps(mask, b + j * ldb + p);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            __m512 left = _mm512_maskz_loadu_ps(mask, a + i * lda + p);
#pragma clang loop unroll(full)
            for (int j = 0; j < columns; j++) {
                sums[i][j] = _mm512_fmadd_ps(left, right[j], sums[i][j]);
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
    AVX512 static void tiles_nt_##rows(                                                                          \
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
TILE_NT(4)

typedef void (*tiles_nt)(
    size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias, float *c,
    size_t ldc, int adds);

static const tiles_nt tiles_nt_of_rows[] = {
    NULL, tiles_nt_1, tiles_nt_2, tiles_nt_3, tiles_nt_4,
};

static void gemm_nt(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, const float *bias, float *c,
    size_t ldc) {
    // Floats of b that stay in the second-level cache while all of a passes.
    enum { BLOCK = 96 * 1024 };
    size_t k_block = smaller(k, BLOCK_K);
    size_t n_block = k_block ? BLOCK / k_block / TILE_N * TILE_N : n;
    // Tiles of equal height: 6 rows are 3 + 3, not 4 + 2.
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

// c[rows, 32] = a[rows, k] · b[k, 32], of which the lanes in the masks exist.
INLINED void tile_nn(
    const int rows, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c, size_t ldc,
    __mmask16 first, __mmask16 second) {
    __m512 sums[TILE_M][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        sums[i][0] = _mm512_setzero_ps();
        sums[i][1] = _mm512_setzero_ps();
    }
    for (size_t p = 0; p < k; p++) {
        __m512 right0 = _mm512_maskz_loadu_ps(first, b + p * ldb);
        __m512 right1 = _mm512_maskz_loadu_ps(second, b + p * ldb + LANES);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            __m512 left = _mm512_set1_ps(a[i * lda + p]);
            sums[i][0] = _mm512_fmadd_ps(left, right0, sums[i][0]);
            sums[i][1] = _mm512_fmadd_ps(left, right1, sums[i][1]);
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
        _mm512_mask_storeu_ps(c + i * ldc, first, sums[i][0]);
        _mm512_mask_storeu_ps(c + i * ldc + LANES, second, sums[i][1]);
    }
}

AVX512 static void gemm_nn(
    size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c, size_t ldc) {
    for (size_t j = 0; j < n; j += 2 * LANES) {
        __mmask16 first = first_lanes(n - j);
        __mmask16 second = n - j > LANES ? first_lanes(n - j - LANES) : 0;
        size_t i = 0;
        for (; i + TILE_M <= m; i += TILE_M) {
            tile_nn(TILE_M, k, a + i * lda, lda, b + j, ldb, c + i * ldc + j, ldc, first, second);
        }
        for (; i < m; i++) {
            tile_nn(1, k, a + i * lda, lda, b + j, ldb, c + i * ldc + j, ldc, first, second);
        }
    }
}

AVX512 static void transpose(size_t m, size_t n, const float *a, size_t lda, float *b, size_t ldb) {
    // One load and sixteen scattered stores a vector would gain nothing over
    // this: columns of a head are few, and their lines are in the cache.
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < m; i++) {
            b[j * ldb + i] = a[i * lda + j];
        }
    }
}

// MARK: Vectors

// Four rows at a time: their loads overlap, and the query is fetched once.
INLINED void score_rows(
    const int rows, size_t k, const float *base, size_t stride, const float *query, float *out) {
    __m512 sums[4] = {_mm512_setzero_ps(), _mm512_setzero_ps(), _mm512_setzero_ps(), _mm512_setzero_ps()};
    for (size_t p = 0; p < k; p += LANES) {
        __mmask16 mask = first_lanes(k - p);
        __m512 right = _mm512_maskz_loadu_ps(mask, query + p);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            fetch_ahead(base + i * stride + p, rows * stride);
            sums[i] = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(mask, base + i * stride + p), right, sums[i]);
        }
    }
    if (rows == 4) {
        _mm_storeu_ps(out, sums_of_4(sums[0], sums[1], sums[2], sums[3]));
    } else {
        *out = sum(sums[0]);
    }
}

AVX512 static void scores(size_t n, size_t k, const float *rows, size_t ldrows, const float *query, float *out) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        score_rows(4, k, rows + i * ldrows, ldrows, query, out + i);
    }
    for (; i < n; i++) {
        score_rows(1, k, rows + i * ldrows, ldrows, query, out + i);
    }
}

AVX512 static float dot(size_t n, const float *a, const float *b) {
    float result;
    score_rows(1, n, a, n, b, &result);
    return result;
}

// MARK: Rows

AVX512 static void layer_norm(
    size_t m, size_t n, float *x, size_t ldx, const float *residual, const float *gain, const float *bias,
    float epsilon) {
    for (size_t i = 0; i < m; i++) {
        float *row = x + i * ldx;
        __m512 total = _mm512_setzero_ps();
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 mask = first_lanes(n - j);
            __m512 v = _mm512_maskz_loadu_ps(mask, row + j);
            if (residual) {
                v = _mm512_add_ps(v, _mm512_maskz_loadu_ps(mask, residual + i * ldx + j));
                _mm512_mask_storeu_ps(row + j, mask, v);
            }
            total = _mm512_add_ps(total, v);
        }
        __m512 mean = _mm512_set1_ps(sum(total) / (float)n);
        __m512 squares = _mm512_setzero_ps();
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 mask = first_lanes(n - j);
            __m512 deviation = _mm512_maskz_sub_ps(mask, _mm512_maskz_loadu_ps(mask, row + j), mean);
            squares = _mm512_fmadd_ps(deviation, deviation, squares);
        }
        __m512 scale = _mm512_set1_ps(1 / sqrtf(sum(squares) / (float)n + epsilon));
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 mask = first_lanes(n - j);
            __m512 v = _mm512_mul_ps(_mm512_sub_ps(_mm512_maskz_loadu_ps(mask, row + j), mean), scale);
            v = _mm512_fmadd_ps(v, _mm512_maskz_loadu_ps(mask, gain + j), _mm512_maskz_loadu_ps(mask, bias + j));
            _mm512_mask_storeu_ps(row + j, mask, v);
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
INLINED __m512 exponential(__m512 x) {
    // The operand order of min and max lets NaN through.
    x = _mm512_max_ps(_mm512_set1_ps(-87.0f), x);
    x = _mm512_min_ps(_mm512_set1_ps(88.0f), x);
    __m512 n = _mm512_roundscale_ps(
        _mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), x);
    r = _mm512_fnmadd_ps(n, _mm512_set1_ps(-2.12194440e-4f), r);
    __m512 y = _mm512_set1_ps(1.0f / 5040);
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 720));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 120));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 24));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f / 6));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(0.5f));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f));
    y = _mm512_fmadd_ps(y, r, _mm512_set1_ps(1.0f));
    return _mm512_scalef_ps(y, n);
}

AVX512 static void softmax(size_t m, size_t n, float *x, size_t ldx, float scale) {
    __m512 factor = _mm512_set1_ps(scale);
    __m512 lowest = _mm512_set1_ps(-INFINITY);
    for (size_t i = 0; i < m; i++) {
        float *row = x + i * ldx;
        __m512 largest = lowest;
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 mask = first_lanes(n - j);
            __m512 v = _mm512_mul_ps(_mm512_maskz_loadu_ps(mask, row + j), factor);
            largest = _mm512_mask_max_ps(largest, mask, largest, v);
        }
        __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(largest));
        __m512 total = _mm512_setzero_ps();
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 mask = first_lanes(n - j);
            __m512 v = _mm512_mul_ps(_mm512_maskz_loadu_ps(mask, row + j), factor);
            v = _mm512_maskz_mov_ps(mask, exponential(_mm512_sub_ps(v, top)));
            _mm512_mask_storeu_ps(row + j, mask, v);
            total = _mm512_add_ps(total, v);
        }
        __m512 share = _mm512_set1_ps(1 / sum(total));
        for (size_t j = 0; j < n; j += LANES) {
            __mmask16 mask = first_lanes(n - j);
            _mm512_mask_storeu_ps(row + j, mask, _mm512_mul_ps(_mm512_maskz_loadu_ps(mask, row + j), share));
        }
    }
}

// x · Φ(x), by the tail q = Φ(-|x|) = erfc(|x|/√2) / 2, for which Abramowitz
// and Stegun give, in formula 7.1.26, a polynomial in t = 1 / (1 + p·|x|/√2)
// times e^(-x²/2) with an absolute error of at most 1.5e-7 in erfc. The
// polynomial's terms are up to 1.5 in size, so five roundings add 3e-7 at
// worst, and the exponential 2e-7. Halved and multiplied by x, the error of the
// result is below 4e-7 · |x|; it does not grow where Φ(x) comes near 0 or 1.
INLINED __m512 gelu_of(__m512 x) {
    __m512 z = _mm512_mul_ps(_mm512_abs_ps(x), _mm512_set1_ps(0.70710678f));
    __m512 one = _mm512_set1_ps(1.0f);
    __m512 t = _mm512_div_ps(one, _mm512_fmadd_ps(z, _mm512_set1_ps(0.3275911f), one));
    __m512 y = _mm512_set1_ps(1.061405429f);
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(-1.453152027f));
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(1.421413741f));
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(-0.284496736f));
    y = _mm512_fmadd_ps(y, t, _mm512_set1_ps(0.254829592f));
    y = _mm512_mul_ps(y, _mm512_mul_ps(t, _mm512_set1_ps(0.5f)));
    __m512 q = _mm512_mul_ps(y, exponential(_mm512_fnmadd_ps(z, z, _mm512_setzero_ps())));
    __mmask16 positive = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ);
    return _mm512_mul_ps(x, _mm512_mask_sub_ps(q, positive, one, q));
}

AVX512 static void gelu(size_t n, float *x) {
    for (size_t i = 0; i < n; i += LANES) {
        __mmask16 mask = first_lanes(n - i);
        _mm512_mask_storeu_ps(x + i, mask, gelu_of(_mm512_maskz_loadu_ps(mask, x + i)));
    }
}

const ckernels_floats ckernels_floats_avx512 = {dot, gemm_nt, gemm_nn, transpose, scores, layer_norm, softmax, gelu};

#endif
