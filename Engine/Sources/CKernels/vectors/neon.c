// Placeholder: the portable kernels.
#if defined(__aarch64__)
#define ckernels_vectors_scalar ckernels_vectors_neon
#include "scalar.c"
#endif
