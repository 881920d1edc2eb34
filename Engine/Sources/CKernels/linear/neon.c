// Placeholder: the portable kernels.
#if defined(__aarch64__)
#define ckernels_linear_scalar ckernels_linear_neon
#include "scalar.c"
#endif
