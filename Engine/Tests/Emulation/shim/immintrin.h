// Stands before the compiler's <immintrin.h> and says in portable C what the
// AVX-512 instructions do, so that any processor runs the kernels.
//
// Most of it is SIMDe's (SIMD Everywhere). What version 0.7.4, Debian's,
// lacks is below, lane by lane as Intel's Intrinsics Guide words it.

#ifndef EMULATION_IMMINTRIN_H
#define EMULATION_IMMINTRIN_H

// No native instruction stands in, not even where the processor has it.
#define SIMDE_NO_NATIVE
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#include <simde/x86/fma.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

// Kernels carry their targets as attributes: no compiler may take them at
// their word here and use what the processor has not.
#define target(features) unused

typedef simde__mmask8 __mmask8;
typedef simde__mmask16 __mmask16;
typedef simde__mmask32 __mmask32;
typedef simde__mmask64 __mmask64;

// Names that SIMDe's aliases miss, or give the wrong number of arguments.
#ifndef _MM_FROUND_NO_EXC
#define _MM_FROUND_NO_EXC SIMDE_MM_FROUND_NO_EXC
#endif
#undef _mm512_madd_epi16
#define _mm512_madd_epi16 simde_mm512_madd_epi16

#define EMULATED static inline __attribute__((always_inline, unused))

// MARK: Loads and stores, which touch no memory of a lane that is masked out

#define EMULATED_MEMORY(vector, prefix, suffix, element, lanes, mask_type)                                  \
    EMULATED vector emulated##prefix##_mask_loadu_##suffix(vector from, mask_type mask, const void *memory) { \
        element elements[lanes];                                                                            \
        memcpy(elements, &from, sizeof from);                                                               \
        for (int i = 0; i < lanes; i++) {                                                                   \
            if (mask >> i & 1) {                                                                            \
                memcpy(elements + i, (const element *)memory + i, sizeof *elements);                        \
            }                                                                                               \
        }                                                                                                   \
        memcpy(&from, elements, sizeof from);                                                               \
        return from;                                                                                        \
    }                                                                                                       \
    EMULATED vector emulated##prefix##_maskz_loadu_##suffix(mask_type mask, const void *memory) {             \
        vector zeros;                                                                                       \
        memset(&zeros, 0, sizeof zeros);                                                                    \
        return emulated##prefix##_mask_loadu_##suffix(zeros, mask, memory);                                  \
    }                                                                                                       \
    EMULATED void emulated##prefix##_mask_storeu_##suffix(void *memory, mask_type mask, vector from) {        \
        element elements[lanes];                                                                            \
        memcpy(elements, &from, sizeof from);                                                               \
        for (int i = 0; i < lanes; i++) {                                                                   \
            if (mask >> i & 1) {                                                                            \
                memcpy((element *)memory + i, elements + i, sizeof *elements);                              \
            }                                                                                               \
        }                                                                                                   \
    }

EMULATED_MEMORY(__m512, _mm512, ps, float, 16, __mmask16)
EMULATED_MEMORY(__m512i, _mm512, epi8, int8_t, 64, __mmask64)
EMULATED_MEMORY(__m512i, _mm512, epi32, int32_t, 16, __mmask16)
EMULATED_MEMORY(__m256i, _mm256, epi8, int8_t, 32, __mmask32)
EMULATED_MEMORY(__m128i, _mm, epi8, int8_t, 16, __mmask16)

#undef _mm512_maskz_loadu_ps
#undef _mm512_mask_storeu_ps
#undef _mm512_maskz_loadu_epi8
#undef _mm512_maskz_loadu_epi32
#undef _mm256_maskz_loadu_epi8
#undef _mm_maskz_loadu_epi8
#undef _mm_mask_storeu_epi8
#define _mm512_maskz_loadu_ps emulated_mm512_maskz_loadu_ps
#define _mm512_mask_storeu_ps emulated_mm512_mask_storeu_ps
#define _mm512_maskz_loadu_epi8 emulated_mm512_maskz_loadu_epi8
#define _mm512_maskz_loadu_epi32 emulated_mm512_maskz_loadu_epi32
#define _mm256_maskz_loadu_epi8 emulated_mm256_maskz_loadu_epi8
#define _mm_maskz_loadu_epi8 emulated_mm_maskz_loadu_epi8
#define _mm_mask_storeu_epi8 emulated_mm_mask_storeu_epi8

// MARK: Lane by lane

// A function of the lanes of up to three vectors: `result` may use a, b, c.
#define EMULATED_LANES(name, to, to_element, from, from_element, lanes, result) \
    EMULATED to emulated_##name(from va, from vb, from vc) {                    \
        to_element r[lanes];                                                    \
        from_element as[lanes], bs[lanes], cs[lanes];                           \
        to vr;                                                                  \
        memcpy(as, &va, sizeof as);                                             \
        memcpy(bs, &vb, sizeof bs);                                             \
        memcpy(cs, &vc, sizeof cs);                                             \
        for (int i = 0; i < lanes; i++) {                                       \
            from_element a = as[i], b = bs[i], c = cs[i];                       \
            (void)a, (void)b, (void)c;                                          \
            r[i] = result;                                                      \
        }                                                                       \
        memcpy(&vr, r, sizeof vr);                                              \
        return vr;                                                              \
    }

// SIMDe rounds the product, too; these round once, as the processor does.
EMULATED_LANES(fmadd, __m512, float, __m512, float, 16, fmaf(a, b, c))
EMULATED_LANES(fnmadd, __m512, float, __m512, float, 16, fmaf(-a, b, c))
#undef _mm512_fmadd_ps
#undef _mm512_fnmadd_ps
#define _mm512_fmadd_ps emulated_fmadd
#define _mm512_fnmadd_ps emulated_fnmadd

// Minimum and maximum are the second operand unless the first is smaller or
// larger: so of NaN and a number, and of two zeros.
EMULATED_LANES(min, __m512, float, __m512, float, 16, a < b ? a : b)
EMULATED_LANES(max, __m512, float, __m512, float, 16, a > b ? a : b)
#undef _mm512_min_ps
#undef _mm512_max_ps
#undef _mm512_mask_max_ps
#define _mm512_min_ps(a, b) emulated_min(a, b, b)
#define _mm512_max_ps(a, b) emulated_max(a, b, b)
#define _mm512_mask_max_ps(from, mask, a, b) _mm512_mask_mov_ps(from, mask, _mm512_max_ps(a, b))

// What has no place in an int32_t becomes the smallest.
EMULATED_LANES(
    cvtps_epi32, __m512i, int32_t, __m512, float, 16,
    a >= -0x1p31f && a < 0x1p31f ? (int32_t)nearbyintf(a) : INT32_MIN)
EMULATED_LANES(cvtepi32_ps, __m512, float, __m512i, int32_t, 16, (float)a)
EMULATED_LANES(cvtusepi32_epi8, __m128i, uint8_t, __m512i, uint32_t, 16, (uint8_t)(a > 255 ? 255 : a))
#undef _mm512_cvtps_epi32
#undef _mm512_cvtepi32_ps
#undef _mm512_cvtusepi32_epi8
#define _mm512_cvtps_epi32(a) emulated_cvtps_epi32(a, a, a)
#define _mm512_cvtepi32_ps(a) emulated_cvtepi32_ps(a, a, a)
#define _mm512_cvtusepi32_epi8(a) emulated_cvtusepi32_epi8(a, a, a)

// MARK: All lanes to one

// Halves first, then quarters, and so on: as compilers write these, which
// are no instructions.
#define EMULATED_REDUCTION(name, vector, element, lanes, result)      \
    EMULATED element emulated_##name(vector v) {                      \
        element elements[lanes];                                      \
        memcpy(elements, &v, sizeof v);                               \
        for (int half = lanes / 2; half > 0; half /= 2) {             \
            for (int i = 0; i < half; i++) {                          \
                element a = elements[i], b = elements[i + half];      \
                elements[i] = result;                                 \
            }                                                         \
        }                                                             \
        return elements[0];                                           \
    }

EMULATED_REDUCTION(reduce_min_ps, __m512, float, 16, a < b ? a : b)
EMULATED_REDUCTION(reduce_max_ps, __m512, float, 16, a > b ? a : b)
EMULATED_REDUCTION(reduce_add_epi32, __m512i, int32_t, 16, (int32_t)((uint32_t)a + (uint32_t)b))
#undef _mm512_reduce_min_ps
#undef _mm512_reduce_max_ps
#undef _mm512_reduce_add_epi32
#define _mm512_reduce_min_ps emulated_reduce_min_ps
#define _mm512_reduce_max_ps emulated_reduce_max_ps
#define _mm512_reduce_add_epi32 emulated_reduce_add_epi32

#endif
