// Placeholder: the portable kernels.
#if defined(__x86_64__)
#define ckernels_vectors_scalar ckernels_vectors_avx512vnni
#include "scalar.c"
#endif
