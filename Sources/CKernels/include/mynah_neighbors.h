#ifndef MYNAH_NEIGHBORS_H
#define MYNAH_NEIGHBORS_H
#include <stddef.h>
#include <stdint.h>

/// penalties[j] += weight where codes[j] differs from code.
void mynah_add_mismatches(const int32_t *codes, size_t n, int32_t code, float weight, float *penalties);

/// Writes those j, ascending, for which norms[j] - 2 dots[j] + penalties[j] <= limit, and returns their number. Room for
/// n is needed. penalties may be null.
size_t mynah_select_below(const float *dots, const float *norms, const float *penalties, size_t n, float limit,
                          uint32_t *selected);

/// sums[j] += (x[j] - value)^2; the same bits on every processor.
void mynah_add_squares(const double *x, size_t n, double value, double *sums);

/// The same for values of which some are NaN: those add nothing, the others 1 to shared[j].
void mynah_add_present_squares(const double *x, size_t n, double value, double *sums, double *shared);

/// sums[j] += row[codes[j]], and 1 to shared[j]; a negative code adds nothing.
void mynah_add_looked_up(const int32_t *codes, size_t n, const double *row, double *sums, double *shared);

/// sums[j] += weight where codes[j] differs from code, and 1 to shared[j]; a negative code adds nothing.
void mynah_add_present_mismatches(const int32_t *codes, size_t n, int32_t code, double weight, double *sums,
                                  double *shared);
#endif
