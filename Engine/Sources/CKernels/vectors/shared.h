// What every file of kernels over byte vectors starts with.

#include "../kernel_sets.h"

// Rows and queries that a tile multiplies at a time: with more, sums no longer
// fit the 16 registers of AVX2.
enum { TILE_ROWS = 4, TILE_QUERIES = 2 };

// Asks for the cache line `distance` bytes ahead. The processor ignores it
// where there is no memory; as a number, since C has no pointers there.
static inline __attribute__((always_inline)) void fetch_ahead(const void *place, size_t distance) {
    __builtin_prefetch((const void *)((uintptr_t)place + distance));
}

// The bytes from `p` to `n` that did not fill a register: added to the sums.
static inline void add_rest(
    int rows, int queries, size_t p, size_t n, const int8_t *const *row, const int8_t *const *query, int32_t *sums,
    size_t ldsums) {
    for (; p < n; p++) {
        for (int j = 0; j < queries; j++) {
            for (int i = 0; i < rows; i++) {
                sums[j * ldsums + i] += (int32_t)row[i][p] * query[j][p];
            }
        }
    }
}
