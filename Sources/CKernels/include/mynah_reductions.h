#ifndef MYNAH_REDUCTIONS_H
#define MYNAH_REDUCTIONS_H
#include <stddef.h>

/// y[o, i] = sum over r of x[o, r, i]. Sums over the last axis use sixteen fixed partial sums of lanes in double, so the
/// result is the same on every call; parts of `inner` may be summed apart: `stride` is the distance of two r.
void mynah_sum_f32(const float *x, float *y, size_t outer, size_t reduced, size_t inner, size_t stride);
void mynah_sum_f64(const double *x, double *y, size_t outer, size_t reduced, size_t inner, size_t stride);
/// The sum of the squares of a contiguous run, in sixteen partial sums of doubles.
double mynah_sum_of_squares_f32(const float *x, size_t count);
/// The sum of a contiguous run, accumulated in double for float.
double mynah_total_f32(const float *x, size_t count);
double mynah_total_f64(const double *x, size_t count);

/// y[i, j] = x[j, i]; x is rows x columns.
void mynah_transpose_f32(const float *x, float *y, size_t rows, size_t columns);
void mynah_transpose_f64(const double *x, double *y, size_t rows, size_t columns);

/// y[i] = x[rows[i]] for rows of `width` numbers; a negative row gives zeros.
void mynah_gather_rows_f32(const float *x, const int *rows, size_t count, size_t width, float *y);
void mynah_gather_rows_f64(const double *x, const int *rows, size_t count, size_t width, double *y);
/// y[i] += sum over the `codes` codes of row i of x[code]; negative codes are skipped.
void mynah_add_coded_rows_f32(const float *x, const int *codes, size_t rows, size_t codes_per_row, size_t width, float *y);
void mynah_add_coded_rows_f64(const double *x, const int *codes, size_t rows, size_t codes_per_row, size_t width, double *y);
/// y[code, from ..< to] += x[i, from ..< to] for each code of row i, in order; negative codes are skipped.
void mynah_scatter_coded_rows_f32(const float *x, const int *codes, size_t rows, size_t codes_per_row, size_t width, size_t from, size_t to, float *y);
void mynah_scatter_coded_rows_f64(const double *x, const int *codes, size_t rows, size_t codes_per_row, size_t width, size_t from, size_t to, double *y);
#endif
