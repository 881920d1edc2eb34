// Portable kernels over byte vectors: what the others are compared with.

#include "../kernel_sets.h"

static int32_t dot(size_t n, const int8_t *a, const int8_t *b) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (int32_t)a[i] * b[i];
    }
    return sum;
}

static void scan(
    size_t rows, size_t n, const int8_t *codes, size_t ldcodes, size_t count, const int8_t *queries, size_t ldqueries,
    int32_t *sums, size_t ldsums) {
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < count; j++) {
            sums[j * ldsums + i] = dot(n, codes + i * ldcodes, queries + j * ldqueries);
        }
    }
}

static void pick(
    size_t count, const uint32_t *ids, size_t n, const int8_t *codes, size_t ldcodes, const int8_t *query,
    const void *soon, size_t soon_size, int32_t *sums) {
    (void)soon;
    (void)soon_size;
    for (size_t i = 0; i < count; i++) {
        sums[i] = dot(n, codes + ids[i] * ldcodes, query);
    }
}

const ckernels_vectors ckernels_vectors_scalar = {dot, scan, pick};
