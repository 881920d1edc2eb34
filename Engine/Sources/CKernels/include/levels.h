// The instruction levels for which kernels exist.

#ifndef CKERNELS_LEVELS_H
#define CKERNELS_LEVELS_H

typedef enum {
    CKERNELS_SCALAR = 0,
    /// arm64 with the dot product extension.
    CKERNELS_NEON = 1,
    /// AVX2 and FMA.
    CKERNELS_AVX2 = 2,
    /// AVX-512 F, BW, DQ and VL.
    CKERNELS_AVX512 = 3,
    /// The same and VNNI.
    CKERNELS_AVX512VNNI = 4,
} ckernels_level;

/// Whether this processor, its operating system and this build run `level`.
int ckernels_runs(ckernels_level level);

#endif
