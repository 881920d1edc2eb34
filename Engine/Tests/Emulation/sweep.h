// What the sweeps share: cases counted and named, memory that notices who
// touches what is not his, and numbers that look random and are not.

#ifndef SWEEP_H
#define SWEEP_H

#include "../../Sources/CKernels/kernel_sets.h"

#include <stdarg.h>

typedef struct {
    const char *name;
    const ckernels_floats *floats;
    const ckernels_linear *linear;
    const ckernels_vectors *vectors;
} kernels;

void sweep_floats(const kernels *tested);
void sweep_rows(const kernels *tested);
void sweep_linear(const kernels *tested);
void sweep_quantize(const kernels *tested);
void sweep_vectors(const kernels *tested);

/// Says what runs next, for the message when it fails or crashes.
__attribute__((format(printf, 1, 2))) void begin(const char *format, ...);

/// Ends a case: it has passed if `holds` and no canary has changed.
void end(int holds);

/// Room for `count` elements of `size` bytes, 1 or 4. `slack` elements behind
/// it begins a page that nobody can touch; the slack and what lies before the
/// room hold canaries. The room of one slot is reused by its next.
void *room(int slot, size_t count, size_t size, size_t slack);
enum { SLOTS = 12 };

/// What gaps are filled with: NaN as a float, so that it is seen in sums.
enum { GAP = 0x7fc0beef };

/// Fills rows of `columns` at a distance of `stride`, and the gaps between
/// them, with GAP.
float *matrix(int slot, size_t rows, size_t columns, size_t stride, size_t slack);

/// Whether all gaps of such a matrix still hold GAP.
int gaps_hold(const float *matrix, size_t rows, size_t columns, size_t stride);

/// The next of a fixed sequence: from 0 to below `bound`, and a float from
/// `low` to `high`.
uint32_t below(uint32_t bound);
float between(float low, float high);

/// Whether they are the same to the bit, or both NaN.
int same(float a, float b);

/// Whether they differ by at most `tolerance`, are equal, or both NaN.
int near(float a, double b, double tolerance);

#endif
