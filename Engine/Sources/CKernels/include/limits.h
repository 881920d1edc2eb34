// What a processor can do at best, to compare kernels with.

#ifndef CKERNELS_LIMITS_H
#define CKERNELS_LIMITS_H

#include "levels.h"

#include <stddef.h>
#include <stdint.h>

/// Multiplies and adds bytes as fast as the instructions of `level` can,
/// without touching memory, `rounds` times over; the number of products of
/// two bytes that were added up, or 0 where the level cannot run.
uint64_t ckernels_multiply_bytes(ckernels_level level, uint64_t rounds);

/// Reads `count` 64-bit words as fast as memory gives them; their sum.
uint64_t ckernels_read(size_t count, const uint64_t *words);

#endif
