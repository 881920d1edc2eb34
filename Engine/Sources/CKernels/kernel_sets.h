// The sets of kernels that exist in this build, one per source file.

#ifndef CKERNELS_KERNEL_SETS_H
#define CKERNELS_KERNEL_SETS_H

#include "include/CKernels.h"

extern const ckernels_table ckernels_scalar;

#if defined(__x86_64__)
extern const ckernels_table ckernels_avx2;
extern const ckernels_table ckernels_avx512;
#endif

static inline size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

#endif
