// Placeholder: the portable kernels.
#if defined(__x86_64__)
#define ckernels_linear_scalar ckernels_linear_avx512
#include "scalar.c"
#endif
