// Which sets of kernels this processor and its operating system can run.

#include "kernel_sets.h"

#if defined(__aarch64__) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

int ckernels_runs(ckernels_level level) {
#if defined(__x86_64__)
    // These also ask XGETBV whether the operating system saves the wide
    // registers.
    __builtin_cpu_init();
    int avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
    switch (level) {
    case CKERNELS_SCALAR:
        return 1;
#if defined(__x86_64__)
    case CKERNELS_AVX2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case CKERNELS_AVX512:
        return avx512;
    case CKERNELS_AVX512VNNI:
        return avx512 && __builtin_cpu_supports("avx512vnni");
#endif
#if defined(__aarch64__)
    case CKERNELS_NEON:
#if defined(__linux__)
        return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#else
        return 1;
#endif
#endif
    default:
        return 0;
    }
}

const ckernels_floats *ckernels_floats_of(ckernels_level level) {
    if (!ckernels_runs(level)) {
        return 0;
    }
    switch (level) {
#if defined(__x86_64__)
    case CKERNELS_AVX2:
        return &ckernels_floats_avx2;
    case CKERNELS_AVX512:
    case CKERNELS_AVX512VNNI:
        return &ckernels_floats_avx512;
#endif
    default:
        // On arm64 compilers turn these into NEON by themselves.
        return &ckernels_floats_scalar;
    }
}

const ckernels_linear *ckernels_linear_of(ckernels_level level) {
    if (!ckernels_runs(level)) {
        return 0;
    }
    switch (level) {
#if defined(__x86_64__)
    case CKERNELS_AVX2:
        return &ckernels_linear_avx2;
    case CKERNELS_AVX512:
        return &ckernels_linear_avx512;
    case CKERNELS_AVX512VNNI:
        return &ckernels_linear_avx512vnni;
#endif
#if defined(__aarch64__)
    case CKERNELS_NEON:
        return &ckernels_linear_neon;
#endif
    default:
        return &ckernels_linear_scalar;
    }
}

const ckernels_vectors *ckernels_vectors_of(ckernels_level level) {
    if (!ckernels_runs(level)) {
        return 0;
    }
    switch (level) {
#if defined(__x86_64__)
    case CKERNELS_AVX2:
        return &ckernels_vectors_avx2;
    case CKERNELS_AVX512:
        return &ckernels_vectors_avx512;
    case CKERNELS_AVX512VNNI:
        return &ckernels_vectors_avx512vnni;
#endif
#if defined(__aarch64__)
    case CKERNELS_NEON:
        return &ckernels_vectors_neon;
#endif
    default:
        return &ckernels_vectors_scalar;
    }
}
