#ifndef MYNAH_NEIGHBORS_H
#define MYNAH_NEIGHBORS_H
#include <stddef.h>
#include <stdint.h>

/// Missing, where categories are bytes.
enum { MYNAH_MISSING_CODE = 255 };

/// differing[j] += 1 where codes[j] is another one than code, and absent[j] += 1 where it is missing.
void mynah_count_mismatches(const uint8_t *codes, size_t n, uint8_t code, uint8_t *differing, uint8_t *absent);

/// sums[j] += weight * counts[j]; counts[j] becomes 0.
void mynah_add_counts(uint8_t *counts, size_t n, float weight, float *sums);

/// penalties[j] += row[codes[j]]; a negative code adds 1 to absent[j] instead.
void mynah_add_table(const int32_t *codes, size_t n, const float *row, float *penalties, float *absent);

/// penalties[j] += (x[j] - value)^2; a NaN adds 1 to absent[j] instead.
void mynah_add_known_squares(const float *x, size_t n, float value, float *penalties, float *absent);

/// As mynah_select_below with a limit of its own for each point: limit - absent[j] * step.
size_t mynah_select_shared(const float *dots, const float *norms, const float *penalties, const float *absent, size_t n,
                           float limit, float step, uint32_t *selected);

/// Writes those j, ascending, for which norms[j] - 2 dots[j] + penalties[j] <= limit, and returns their number. Room for
/// n is needed. penalties may be null.
size_t mynah_select_below(const float *dots, const float *norms, const float *penalties, size_t n, float limit,
                          uint32_t *selected);

/// Writes those j, ascending, for which sums[j], scaled by total / shared[j], is at most limit, and returns their number;
/// sums[j] becomes the scaled sum, infinite where nothing is shared. shared may be null: nothing is scaled then. Room for n
/// is needed.
size_t mynah_select_scaled(double *sums, const double *shared, size_t n, double total, double limit,
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
