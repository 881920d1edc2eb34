// In place of dispatch.c: the levels that the shim makes run, without asking
// the processor.

#include "../../../Sources/CKernels/kernel_sets.h"

const ckernels_floats *ckernels_floats_of(ckernels_level level) {
    return level >= CKERNELS_AVX512 ? &ckernels_floats_avx512 : 0;
}

const ckernels_linear *ckernels_linear_of(ckernels_level level) {
    return level == CKERNELS_AVX512 ? &ckernels_linear_avx512 : &ckernels_linear_avx512vnni;
}

const ckernels_vectors *ckernels_vectors_of(ckernels_level level) {
    return level == CKERNELS_AVX512 ? &ckernels_vectors_avx512 : &ckernels_vectors_avx512vnni;
}
