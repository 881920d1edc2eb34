// Portable kernels over byte vectors.

#include "../kernel_sets.h"

static int32_t dot(size_t n, const int8_t *a, const int8_t *b) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (int32_t)a[i] * b[i];
    }
    return sum;
}

const ckernels_vectors ckernels_vectors_scalar = {dot};
