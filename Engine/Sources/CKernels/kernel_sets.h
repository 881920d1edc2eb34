// The sets of kernels that exist in this build, one per source file.

#ifndef CKERNELS_KERNEL_SETS_H
#define CKERNELS_KERNEL_SETS_H

#include "include/CKernels.h"

extern const ckernels_floats ckernels_floats_scalar;
extern const ckernels_linear ckernels_linear_scalar;
extern const ckernels_vectors ckernels_vectors_scalar;

#if defined(__x86_64__)
extern const ckernels_floats ckernels_floats_avx2;
extern const ckernels_linear ckernels_linear_avx2;
extern const ckernels_vectors ckernels_vectors_avx2;

extern const ckernels_floats ckernels_floats_avx512;
extern const ckernels_linear ckernels_linear_avx512;
extern const ckernels_vectors ckernels_vectors_avx512;

extern const ckernels_linear ckernels_linear_avx512vnni;
extern const ckernels_vectors ckernels_vectors_avx512vnni;
#endif

#if defined(__aarch64__)
extern const ckernels_linear ckernels_linear_neon;
extern const ckernels_vectors ckernels_vectors_neon;
#endif

static inline size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

#endif
