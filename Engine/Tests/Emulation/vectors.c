// The byte vectors of a level against the portable kernels: equal.

#include "sweep.h"

#include <string.h>

enum { ROWS, QUERIES, IDS, SUMS, WANTED };

// Bytes at one end, at all of the ends, or any.
enum { LOWEST, LOW, HIGH, ENDS, ANY, KINDS };

// `lowest` is the smallest byte allowed: -127, as no kernel need bear -128.
static void fill(int8_t *bytes, size_t count, int kind, int lowest) {
    const int ends[] = {lowest, -127, 127};
    for (size_t i = 0; i < count; i++) {
        int any = lowest + (int)below((uint32_t)(128 - lowest));
        bytes[i] = (int8_t)(kind < ENDS ? ends[kind] : kind == ENDS ? ends[below(3)] : any);
    }
}

static void check_dot(const kernels *tested, size_t n, int left, int right) {
    begin("%s: dot of %zu bytes, kinds %d and %d", tested->name, n, left, right);
    int8_t *a = room(ROWS, n, 1, n % 4);
    int8_t *b = room(QUERIES, n, 1, n % 3);
    fill(a, n, left, -127);
    fill(b, n, right, -127);
    end(tested->vectors->dot(n, a, b) == ckernels_vectors_scalar.dot(n, a, b));
}

static size_t length(size_t rows, size_t columns, size_t stride) {
    return rows ? (rows - 1) * stride + columns : 0;
}

static void check_scan(const kernels *tested, size_t rows, size_t count, size_t n, int kind) {
    begin("%s: scan of %zu rows for %zu queries of %zu bytes, kind %d", tested->name, rows, count, n, kind);
    size_t ldcodes = n + rows % 5, ldqueries = n + count % 3, ldsums = rows + count % 4;
    int8_t *codes = room(ROWS, length(rows, n, ldcodes), 1, n % 4);
    int8_t *queries = room(QUERIES, length(count, n, ldqueries), 1, n % 3);
    fill(codes, length(rows, n, ldcodes), kind, -127);
    fill(queries, length(count, n, ldqueries), kind, -127);
    int32_t *sums = (int32_t *)matrix(SUMS, count, rows, ldsums, n % 2);
    int32_t *wanted = (int32_t *)matrix(WANTED, count, rows, ldsums, 0);
    tested->vectors->scan(rows, n, codes, ldcodes, count, queries, ldqueries, sums, ldsums);
    ckernels_vectors_scalar.scan(rows, n, codes, ldcodes, count, queries, ldqueries, wanted, ldsums);
    // Gaps are among what is compared.
    end(memcmp(sums, wanted, length(count, rows, ldsums) * sizeof *sums) == 0);
}

static void check_pick(const kernels *tested, size_t rows, size_t count, size_t n, int kind) {
    begin("%s: pick of %zu among %zu rows of %zu bytes, kind %d", tested->name, count, rows, n, kind);
    size_t ldcodes = n + rows % 5;
    int8_t *codes = room(ROWS, length(rows, n, ldcodes), 1, n % 4);
    int8_t *query = room(QUERIES, n, 1, n % 3);
    uint32_t *ids = room(IDS, count, 4, 0);
    int32_t *sums = room(SUMS, count, 4, n % 2);
    int32_t *wanted = room(WANTED, count, 4, 0);
    fill(codes, length(rows, n, ldcodes), kind, -127);
    fill(query, n, kind, -127);
    for (size_t i = 0; i < count; i++) {
        ids[i] = below((uint32_t)rows);
    }
    tested->vectors->pick(count, ids, n, codes, ldcodes, query, ids, count * sizeof *ids, sums);
    ckernels_vectors_scalar.pick(count, ids, n, codes, ldcodes, query, ids, count * sizeof *ids, wanted);
    end(memcmp(sums, wanted, count * sizeof *sums) == 0);
}

void sweep_vectors(const kernels *tested) {
    static const size_t edges[] = {255, 256, 257, 383, 384, 385, 767, 768, 769, 1000, 65535, 65536};
    for (int left = 0; left < KINDS; left++) {
        for (int right = 0; right < KINDS; right++) {
            for (size_t n = 0; n <= 200; n++) {
                check_dot(tested, n, left, right);
            }
            for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
                check_dot(tested, edges[i], left, right);
            }
        }
    }
    for (int kind = 0; kind < KINDS; kind++) {
        for (size_t size = 0; size <= 40; size++) {
            check_scan(tested, size, 3, 70, kind);
            check_scan(tested, 9, size % 10, 65, kind);
            check_scan(tested, 6, 2, 5 * size, kind);
            check_pick(tested, 20, size, 70, kind);
            check_pick(tested, 1 + size, 13, 5 * size, kind);
        }
        for (size_t i = 0; i < 10; i++) {
            check_scan(tested, 7, 3, edges[i], kind);
            check_pick(tested, 30, 11, edges[i], kind);
        }
        // More rows than stay in the cache at a time.
        check_scan(tested, 143, 5, 384, kind);
    }
}
