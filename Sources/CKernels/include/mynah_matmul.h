#ifndef MYNAH_MATMUL_H
#define MYNAH_MATMUL_H
#include <stddef.h>

/// Whether mynah_matmul_f32 can run here: it needs AVX-512.
int mynah_has_matmul(void);

/// C = A B, or C += A B if accumulating; C is row-major m x n with rows ldc apart. A's element (i, p) is at
/// a[i * row_a + p * column_a], B's element (p, j) at b[p * row_b + j * column_b], so either may be transposed; one of
/// each pair of strides must be 1. Every element of C is summed in the same order whatever m and n are, so a product cut
/// by rows or columns has the bits of the whole one.
void mynah_matmul_f32(size_t m, size_t n, size_t k, const float *a, size_t row_a, size_t column_a, const float *b,
                      size_t row_b, size_t column_b, float *c, size_t ldc, int accumulating);
#endif
