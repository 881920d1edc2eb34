// The sets of kernels that exist in this build, one per source file.

#ifndef CKERNELS_KERNEL_SETS_H
#define CKERNELS_KERNEL_SETS_H

#include "include/CKernels.h"

#include <math.h>

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

// Scale and zero point of a row of activations whose smallest and largest
// elements these are, 0 among them: both ends and 0 itself fall on whole
// numbers from 0 to 255.
static inline void ckernels_choose_scale(float low, float high, float *scale, int32_t *zero) {
    float range = high - low;
    if (!(range <= 3e38f)) {
        // NaN or an infinity.
        *scale = NAN;
        *zero = 0;
    } else if (range < 1e-30f) {
        // Nothing but zeros, or so little that it is the same.
        *scale = 0;
        *zero = 0;
    } else {
        *scale = range / 255;
        *zero = (int32_t)nearbyintf(-low * (255 / range));
    }
}

static inline size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

#endif
