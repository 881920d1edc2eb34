// What the kernels over byte vectors of all instruction levels share. A file
// that includes this has defined, for its level,
//
//   TARGET  the attribute that lets a function use its instructions
//   tile    an inlined function: sums[j · ldsums + i] = row i · query j, which
//           fetches the bytes `ahead` of each row while at it, if not 0
//
// The first two arguments of `tile`, numbers of rows (1 or TILE_ROWS) and of
// queries (1 or TILE_QUERIES), are constants in every call, so that each call
// becomes a loop of its own whose sums stay in registers.

// MARK: Rows one behind the other

// The rows from `codes` on against one or two queries.
TARGET static inline __attribute__((always_inline)) void scan_queries(
    const int queries, size_t rows, size_t n, const int8_t *codes, size_t ldcodes, const int8_t *const *query,
    int32_t *sums, size_t ldsums) {
    size_t i = 0;
    for (; i + TILE_ROWS <= rows; i += TILE_ROWS) {
        const int8_t *row = codes + i * ldcodes;
        const int8_t *tiled[TILE_ROWS] = {row, row + ldcodes, row + 2 * ldcodes, row + 3 * ldcodes};
        tile(TILE_ROWS, queries, n, tiled, query, TILE_ROWS * ldcodes, sums + i, ldsums);
    }
    for (; i < rows; i++) {
        const int8_t *row = codes + i * ldcodes;
        tile(1, queries, n, &row, query, 0, sums + i, ldsums);
    }
}

// Rows that stay in the first-level cache while all queries pass over them.
enum { BLOCK_BYTES = 16384 };

TARGET static void scan(
    size_t rows, size_t n, const int8_t *codes, size_t ldcodes, size_t count, const int8_t *queries, size_t ldqueries,
    int32_t *sums, size_t ldsums) {
    if (count == 1) {
        scan_queries(1, rows, n, codes, ldcodes, &queries, sums, ldsums);
        return;
    }
    size_t block = (BLOCK_BYTES / (ldcodes + 1) / TILE_ROWS + 1) * TILE_ROWS;
    for (size_t first = 0; first < rows; first += block) {
        size_t taken = smaller(block, rows - first);
        const int8_t *row = codes + first * ldcodes;
        size_t j = 0;
        for (; j + TILE_QUERIES <= count; j += TILE_QUERIES) {
            const int8_t *pair[TILE_QUERIES] = {queries + j * ldqueries, queries + (j + 1) * ldqueries};
            scan_queries(TILE_QUERIES, taken, n, row, ldcodes, pair, sums + j * ldsums + first, ldsums);
        }
        for (; j < count; j++) {
            const int8_t *one = queries + j * ldqueries;
            scan_queries(1, taken, n, row, ldcodes, &one, sums + j * ldsums + first, ldsums);
        }
    }
}

// MARK: Rows here and there

// Asks for a row's cache lines.
TARGET static inline __attribute__((always_inline)) void fetch_row(const int8_t *row, size_t n) {
    for (size_t p = 0; p < n; p += 64) {
        fetch_ahead(row, p);
    }
}

TARGET static void pick(
    size_t count, const uint32_t *ids, size_t n, const int8_t *codes, size_t ldcodes, const int8_t *query,
    const void *soon, size_t soon_size, int32_t *sums) {
    // Two tiles ahead: enough to hide memory, little enough to keep in flight.
    enum { AHEAD = 2 * TILE_ROWS };
    for (size_t i = 0; i < smaller(AHEAD, count); i++) {
        fetch_row(codes + ids[i] * ldcodes, n);
    }
    for (size_t p = 0; p < soon_size; p += 64) {
        fetch_ahead(soon, p);
    }
    size_t i = 0;
    for (; i + TILE_ROWS <= count; i += TILE_ROWS) {
        const int8_t *tiled[TILE_ROWS];
        for (size_t r = 0; r < TILE_ROWS; r++) {
            tiled[r] = codes + ids[i + r] * ldcodes;
            if (i + r + AHEAD < count) {
                fetch_row(codes + ids[i + r + AHEAD] * ldcodes, n);
            }
        }
        tile(TILE_ROWS, 1, n, tiled, &query, 0, sums + i, 0);
    }
    for (; i < count; i++) {
        const int8_t *row = codes + ids[i] * ldcodes;
        tile(1, 1, n, &row, &query, 0, sums + i, 0);
    }
}

// MARK: Two vectors

TARGET static int32_t dot(size_t n, const int8_t *a, const int8_t *b) {
    int32_t sum;
    tile(1, 1, n, &a, &b, 0, &sum, 0);
    return sum;
}
