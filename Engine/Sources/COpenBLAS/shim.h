// OpenBLAS with LAPACK as the system has it (Debian and Ubuntu: libopenblas-dev). Its headers lie in another folder on each
// system, so what is used is declared here: CBLAS, and LAPACK by its Fortran names, whose arguments are all addresses.
#pragma once

void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);

// Orders and operations, numbered as CBLAS does.
enum { BLAS_ROW_MAJOR = 101, BLAS_PLAIN = 111, BLAS_TRANSPOSED = 112, BLAS_UPPER = 121 };

void cblas_sgemm(
    int order, int transposeA, int transposeB, int m, int n, int k, float alpha, const float *a, int strideA,
    const float *b, int strideB, float beta, float *c, int strideC);
void cblas_sgemv(
    int order, int transpose, int m, int n, float alpha, const float *a, int strideA, const float *x, int stepX, float beta,
    float *y, int stepY);
void cblas_ssyrk(
    int order, int triangle, int transpose, int n, int k, float alpha, const float *a, int strideA, float beta, float *c,
    int strideC);

// Cholesky's factor of a symmetric matrix, the inverse from it, and the solution of equations.
void spotrf_(const char *triangle, const int *n, float *a, const int *strideA, int *info);
void spotri_(const char *triangle, const int *n, float *a, const int *strideA, int *info);
void spotrs_(
    const char *triangle, const int *n, const int *columns, const float *a, const int *strideA, float *b, const int *strideB,
    int *info);
