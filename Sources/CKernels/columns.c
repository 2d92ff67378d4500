#include "include/mynah_columns.h"
#include "include/mynah_dispatch.h"

// A fused multiply-add would round once where the naive sum rounds twice.
#pragma STDC FP_CONTRACT OFF

enum { WIDE = 32, NARROW = 8 };

#define TILE(WIDTH)                                                       \
  double sums[WIDTH] = {0};                                               \
  const double *column = columns + start;                                 \
  for (size_t j = 0; j < dimensions; j++, column += stride) {             \
    double value = query[j];                                              \
    for (int lane = 0; lane < WIDTH; lane++) {                            \
      double difference = column[lane] - value;                           \
      sums[lane] += difference * difference;                              \
    }                                                                     \
  }                                                                       \
  for (int lane = 0; lane < WIDTH; lane++) out[start + (size_t)lane] = sums[lane]

MYNAH_CLONES void mynah_column_distances(const double *columns, size_t stride, size_t dimensions, const double *query,
                                         double *restrict out) {
  size_t start = 0;
  for (; start + WIDE <= stride; start += WIDE) {
    TILE(WIDE);
  }
  for (; start < stride; start += NARROW) {
    TILE(NARROW);
  }
}

double mynah_box_distance(const double *low, const double *high, size_t dimensions, const double *query) {
  double sum = 0;
  for (size_t j = 0; j < dimensions; j++) {
    double value = query[j];
    double below = low[j] - value, above = value - high[j];
    double gap = below > above ? below : above;
    gap = gap > 0 ? gap : 0;
    sum += gap * gap;
  }
  return sum;
}
