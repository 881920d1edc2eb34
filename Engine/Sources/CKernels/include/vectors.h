// Kernels over vectors of signed bytes: the scans of a vector index.

#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#include "levels.h"

#include <stddef.h>
#include <stdint.h>

/// One implementation of every kernel over byte vectors. Sums are exact, so
/// all of them must give the scalar one's results to the bit.
typedef struct {
    /// Sum of a[i]·b[i], i < n; n at most 65,536.
    int32_t (*dot)(size_t n, const int8_t *a, const int8_t *b);
} ckernels_vectors;

/// The byte vector kernels of `level`, or null where they cannot run.
const ckernels_vectors *ckernels_vectors_of(ckernels_level level);

#endif
