// What a search for neighbours does to every pair of points.
#include "include/mynah_neighbors.h"
#include "include/mynah_dispatch.h"

// A fused multiply-add rounds once where a product and a sum round twice: without it, distances are the same on every
// processor, and the same as those that Swift computes.
#pragma clang fp contract(off)

MYNAH_CLONES void mynah_count_mismatches(const uint8_t *codes, size_t n, uint8_t code, uint8_t *restrict differing,
                                         uint8_t *restrict absent) {
  for (size_t j = 0; j < n; j++) {
    uint8_t missing = codes[j] == MYNAH_MISSING_CODE;
    differing[j] = (uint8_t)(differing[j] + ((codes[j] != code) & !missing));
    absent[j] = (uint8_t)(absent[j] + missing);
  }
}

MYNAH_CLONES void mynah_add_counts(uint8_t *restrict counts, size_t n, float weight, float *restrict sums) {
  for (size_t j = 0; j < n; j++) {
    sums[j] += weight * (float)counts[j];
    counts[j] = 0;
  }
}

MYNAH_CLONES void mynah_add_table(const int32_t *codes, size_t n, const float *row, float *penalties, float *absent) {
  for (size_t j = 0; j < n; j++) {
    penalties[j] += codes[j] >= 0 ? row[codes[j]] : 0.0f;
    absent[j] += codes[j] < 0 ? 1.0f : 0.0f;
  }
}

MYNAH_CLONES void mynah_add_known_squares(const float *x, size_t n, float value, float *penalties, float *absent) {
  for (size_t j = 0; j < n; j++) {
    float difference = x[j] - value;
    int known = difference == difference;
    penalties[j] += known ? difference * difference : 0.0f;
    absent[j] += known ? 0.0f : 1.0f;
  }
}

enum { GROUP = 32 };

MYNAH_CLONES size_t mynah_select_shared(const float *dots, const float *norms, const float *penalties,
                                        const float *absent, size_t n, float limit, float step, uint32_t *selected) {
  size_t count = 0;
  for (size_t j = 0; j < n; j += GROUP) {
    size_t end = n - j < GROUP ? n : j + GROUP;
    int any = 0;
    for (size_t l = j; l < end; l++)
      any |= norms[l] - 2.0f * dots[l] + penalties[l] + absent[l] * step <= limit;
    if (!any) continue;
    for (size_t l = j; l < end; l++)
      if (norms[l] - 2.0f * dots[l] + penalties[l] + absent[l] * step <= limit) selected[count++] = (uint32_t)l;
  }
  return count;
}

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

MYNAH_CLONES size_t mynah_select_scaled(double *sums, const double *shared, size_t n, double total, double limit,
                                        uint32_t *selected) {
  if (shared)
    for (size_t j = 0; j < n; j++) {
      double scaled = sums[j] * (total / shared[j]);
      sums[j] = shared[j] == total ? sums[j] : shared[j] == 0.0 ? __builtin_inf() : scaled;
    }
  size_t count = 0;
  for (size_t j = 0; j < n; j += GROUP) {
    size_t end = n - j < GROUP ? n : j + GROUP;
    int any = 0;
    for (size_t l = j; l < end; l++) any |= sums[l] <= limit;
    if (!any) continue;
    for (size_t l = j; l < end; l++)
      if (sums[l] <= limit) selected[count++] = (uint32_t)l;
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
