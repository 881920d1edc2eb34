// Which sets of kernels this processor and its operating system can run.

#include "kernel_sets.h"

const ckernels_table *ckernels_for_level(ckernels_level level) {
    switch (level) {
    case CKERNELS_SCALAR:
        return &ckernels_scalar;
#if defined(__x86_64__)
    case CKERNELS_AVX2:
        // These also ask XGETBV whether the operating system saves the wide
        // registers.
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &ckernels_avx2 : NULL;
    case CKERNELS_AVX512:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") ? &ckernels_avx512 : NULL;
#endif
    default:
        return NULL;
    }
}
