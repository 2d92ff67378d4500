// What a search for neighbours does to every pair of points.
#include "include/mynah_neighbors.h"
#include "include/mynah_dispatch.h"

// A fused multiply-add rounds once where a product and a sum round twice: without it, distances are the same on every
// processor, and the same as those that Swift computes.
#pragma clang fp contract(off)

MYNAH_CLONES void mynah_add_mismatches(const int32_t *codes, size_t n, int32_t code, float weight, float *penalties) {
  for (size_t j = 0; j < n; j++) penalties[j] += codes[j] != code ? weight : 0.0f;
}

enum { GROUP = 32 };

MYNAH_CLONES size_t mynah_select_below(const float *dots, const float *norms, const float *penalties, size_t n,
                                       float limit, uint32_t *selected) {
  size_t count = 0, j = 0;
  for (; j + GROUP <= n; j += GROUP) {
    // Nearly no group holds a candidate: one branch for all of it.
    int any = 0;
    if (penalties)
      for (size_t l = j; l < j + GROUP; l++) any |= norms[l] - 2.0f * dots[l] + penalties[l] <= limit;
    else
      for (size_t l = j; l < j + GROUP; l++) any |= norms[l] - 2.0f * dots[l] <= limit;
    if (!any) continue;
    for (size_t l = j; l < j + GROUP; l++) {
      float distance = norms[l] - 2.0f * dots[l] + (penalties ? penalties[l] : 0.0f);
      if (distance <= limit) selected[count++] = (uint32_t)l;
    }
  }
  for (; j < n; j++) {
    float distance = norms[j] - 2.0f * dots[j] + (penalties ? penalties[j] : 0.0f);
    if (distance <= limit) selected[count++] = (uint32_t)j;
  }
  return count;
}

MYNAH_CLONES void mynah_add_squares(const double *x, size_t n, double value, double *sums) {
  for (size_t j = 0; j < n; j++) {
    double difference = x[j] - value;
    sums[j] += difference * difference;
  }
}

MYNAH_CLONES void mynah_add_present_squares(const double *x, size_t n, double value, double *sums, double *shared) {
  for (size_t j = 0; j < n; j++) {
    double difference = x[j] - value;
    int present = difference == difference;
    sums[j] += present ? difference * difference : 0.0;
    shared[j] += present ? 1.0 : 0.0;
  }
}

MYNAH_CLONES void mynah_add_looked_up(const int32_t *codes, size_t n, const double *row, double *sums,
                                      double *shared) {
  for (size_t j = 0; j < n; j++) {
    if (codes[j] < 0) continue;
    sums[j] += row[codes[j]];
    shared[j] += 1.0;
  }
}

MYNAH_CLONES void mynah_add_present_mismatches(const int32_t *codes, size_t n, int32_t code, double weight,
                                               double *sums, double *shared) {
  for (size_t j = 0; j < n; j++) {
    sums[j] += codes[j] >= 0 && codes[j] != code ? weight : 0.0;
    shared[j] += codes[j] >= 0 ? 1.0 : 0.0;
  }
}
