// Loops that do nothing but what a processor is limited by.

#include "include/CKernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// The empty assembly keeps the compiler from working out that every round is
// the same.
#define OPAQUE(v) __asm__ volatile("" : "+x"(v))
#define OPAQUE512(v) __asm__ volatile("" : "+v"(v))

// As linear/avx2.c: two products of 32 bytes, added in 16 bits, widened once.
__attribute__((target("avx2"))) static uint64_t multiply_avx2(uint64_t rounds) {
    enum { SUMS = 6 };
    __m256i sums[SUMS];
    __m256i a = _mm256_set1_epi8(1);
    __m256i b = _mm256_set1_epi8(1);
    const __m256i ones = _mm256_set1_epi16(1);
    for (int i = 0; i < SUMS; i++) {
        sums[i] = _mm256_setzero_si256();
    }
    for (uint64_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            OPAQUE(a);
            __m256i first = _mm256_maddubs_epi16(a, b);
            OPAQUE(b);
            __m256i both = _mm256_add_epi16(first, _mm256_maddubs_epi16(a, b));
            sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(both, ones));
        }
    }
    for (int i = 0; i < SUMS; i++) {
        OPAQUE(sums[i]);
    }
    return rounds * SUMS * 64;
}

// As linear/avx512.c.
__attribute__((target("avx512f,avx512bw"))) static uint64_t multiply_avx512(uint64_t rounds) {
    enum { SUMS = 12 };
    __m512i sums[SUMS];
    __m512i a = _mm512_set1_epi8(1);
    __m512i b = _mm512_set1_epi8(1);
    const __m512i ones = _mm512_set1_epi16(1);
    for (int i = 0; i < SUMS; i++) {
        sums[i] = _mm512_setzero_si512();
    }
    for (uint64_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            OPAQUE512(a);
            __m512i first = _mm512_maddubs_epi16(a, b);
            OPAQUE512(b);
            __m512i both = _mm512_add_epi16(first, _mm512_maddubs_epi16(a, b));
            sums[i] = _mm512_add_epi32(sums[i], _mm512_madd_epi16(both, ones));
        }
    }
    for (int i = 0; i < SUMS; i++) {
        OPAQUE512(sums[i]);
    }
    return rounds * SUMS * 128;
}

__attribute__((target("avx512f,avx512vnni"))) static uint64_t multiply_avx512vnni(uint64_t rounds) {
    enum { SUMS = 12 };
    __m512i sums[SUMS];
    __m512i a = _mm512_set1_epi8(1);
    __m512i b = _mm512_set1_epi8(1);
    for (int i = 0; i < SUMS; i++) {
        sums[i] = _mm512_setzero_si512();
    }
    for (uint64_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
        for (int i = 0; i < SUMS; i++) {
            OPAQUE512(a);
            sums[i] = _mm512_dpbusd_epi32(sums[i], a, b);
        }
    }
    for (int i = 0; i < SUMS; i++) {
        OPAQUE512(sums[i]);
    }
    return rounds * SUMS * 64;
}

#endif

// What compilers make of bytes by themselves; on arm64 that is the dot product
// only where the whole program is compiled for it.
static uint64_t multiply_portably(uint64_t rounds) {
    uint8_t a[64];
    int8_t b[64];
    volatile int32_t result;
    for (int i = 0; i < 64; i++) {
        a[i] = 1;
        b[i] = 1;
    }
    int32_t sum = 0;
    for (uint64_t round = 0; round < rounds; round++) {
        __asm__ volatile("" : : "r"(a), "r"(b) : "memory");
        for (int i = 0; i < 64; i++) {
            sum += (int32_t)a[i] * b[i];
        }
    }
    result = sum;
    (void)result;
    return rounds * 64;
}

uint64_t ckernels_multiply_bytes(ckernels_level level, uint64_t rounds) {
    if (!ckernels_runs(level)) {
        return 0;
    }
    switch (level) {
#if defined(__x86_64__)
    case CKERNELS_AVX2:
        return multiply_avx2(rounds);
    case CKERNELS_AVX512:
        return multiply_avx512(rounds);
    case CKERNELS_AVX512VNNI:
        return multiply_avx512vnni(rounds);
#endif
    default:
        return multiply_portably(rounds);
    }
}

uint64_t ckernels_read(size_t count, const uint64_t *words) {
    enum { LANES = 16 };
    uint64_t sums[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            sums[lane] += words[i + lane];
        }
    }
    uint64_t total = 0;
    for (; i < count; i++) {
        total += words[i];
    }
    for (int lane = 0; lane < LANES; lane++) {
        total += sums[lane];
    }
    return total;
}
