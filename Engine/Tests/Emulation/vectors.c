// The byte vectors of a level against the portable kernels: equal.

#include "sweep.h"

#include <string.h>

enum { LEFT, RIGHT };

static void fill(int8_t *bytes, size_t count, int kind) {
    for (size_t i = 0; i < count; i++) {
        static const int8_t extremes[] = {-128, -127, 127};
        bytes[i] = kind < 3 ? extremes[kind] : kind == 3 ? extremes[below(3)] : (int8_t)((int)below(256) - 128);
    }
}

static void check_dot(const kernels *tested, size_t n, int left, int right, size_t slack) {
    begin("%s: dot of %zu bytes, kinds %d and %d", tested->name, n, left, right);
    int8_t *a = room(LEFT, n, 1, slack);
    int8_t *b = room(RIGHT, n, 1, (slack * 7) % 5);
    fill(a, n, left);
    fill(b, n, right);
    end(tested->vectors->dot(n, a, b) == ckernels_vectors_scalar.dot(n, a, b));
}

void sweep_vectors(const kernels *tested) {
    static const size_t more[] = {255, 256, 257, 383, 384, 385, 767, 768, 769, 1000, 65535, 65536};
    for (int left = 0; left < 5; left++) {
        for (int right = 0; right < 5; right++) {
            for (size_t n = 0; n <= 200; n++) {
                check_dot(tested, n, left, right, n % 4);
            }
            for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
                check_dot(tested, more[i], left, right, i % 2);
            }
        }
    }
}
