// Kernels over vectors of signed bytes: the scans of a vector index.
//
// Rows lie in one array, `ldcodes` bytes from the start of one to the start of
// the next. No byte, of rows or queries, is -128: quantising to at most 127 in
// size spares every sum a step. Should a damaged file hold one nevertheless,
// sums come out wrong and no worse. n is at most 65,536, and no pointer needs
// any alignment. Sums are exact, so all levels must give the scalar one's
// results to the bit.

#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#include "levels.h"

#include <stddef.h>
#include <stdint.h>

/// One implementation of every kernel over byte vectors.
typedef struct {
    /// Sum of a[i]·b[i], i < n.
    int32_t (*dot)(size_t n, const int8_t *a, const int8_t *b);

    /// sums[j · ldsums + i] = row i · query j, i < rows, j < queries: several
    /// queries in one pass over the rows. Query j starts at queries + j · ldqueries.
    void (*scan)(
        size_t rows, size_t n, const int8_t *codes, size_t ldcodes, size_t count, const int8_t *queries,
        size_t ldqueries, int32_t *sums, size_t ldsums);

    /// sums[i] = row ids[i] · query, i < count. Rows are fetched ahead of
    /// their use, as they may lie anywhere; and so are `soon_size` bytes from
    /// `soon` on, which the caller is going to read next.
    void (*pick)(
        size_t count, const uint32_t *ids, size_t n, const int8_t *codes, size_t ldcodes, const int8_t *query,
        const void *soon, size_t soon_size, int32_t *sums);
} ckernels_vectors;

/// The byte vector kernels of `level`, or null where they cannot run.
const ckernels_vectors *ckernels_vectors_of(ckernels_level level);

#endif
