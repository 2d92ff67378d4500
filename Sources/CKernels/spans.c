// Kernels for a generator's output heads: a row is a sequence of spans, each a tanh scalar or a softmax over levels.
#include "include/mynah_layers.h"
#include "vector_math.h"
#include <limits.h>
#include <string.h>

MYNAH_CLONES void mynah_activate_spans_f32(const float *x, const float *noise, float inverse, const int *bounds,
                                           const unsigned char *heads, size_t segments, size_t rows,
                                           float *restrict y) {
  size_t width = (size_t)bounds[segments];
  for (size_t r = 0; r < rows; r++) {
    const float *in = x + r * width, *z = noise + r * width;
    float *out = y + r * width;
    for (size_t s = 0; s < segments; s++) {
      float top = -INFINITY;
      for (int i = bounds[s]; i < bounds[s + 1]; i++) {
        out[i] = in[i] + z[i];
        top = out[i] > top || out[i] != out[i] ? out[i] : top;
      }
      for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = (out[i] - top) * inverse;
    }
    for (size_t i = 0; i < width; i++) out[i] = vexpf(out[i]);
    for (size_t s = 0; s < segments; s++) {
      if (heads[s]) {
        for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = vtanhf(in[i]);
        continue;
      }
      float total = 0;
      for (int i = bounds[s]; i < bounds[s + 1]; i++) total += out[i];
      float share = 1 / total;
      for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] *= share;
    }
  }
}

MYNAH_CLONES void mynah_activate_spans_backward_f32(const float *y, const float *g, float inverse, const int *bounds,
                                                    const unsigned char *heads, size_t segments, size_t rows,
                                                    float *restrict dx) {
  size_t width = (size_t)bounds[segments];
  for (size_t r = 0; r < rows; r++) {
    const float *yr = y + r * width, *gr = g + r * width;
    float *out = dx + r * width;
    for (size_t s = 0; s < segments; s++) {
      if (heads[s]) {
        for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = gr[i] * (1 - yr[i] * yr[i]);
        continue;
      }
      float dot = 0;
      for (int i = bounds[s]; i < bounds[s + 1]; i++) dot += yr[i] * gr[i];
      for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = yr[i] * (gr[i] - dot) * inverse;
    }
  }
}

typedef float float_lanes __attribute__((vector_size(64)));
typedef float loose_lanes __attribute__((vector_size(64), aligned(4)));
typedef int int_lanes __attribute__((vector_size(64)));
enum { LANES = 16 };

// v = LANES numbers, of which at most `left` may be read; what is beyond does not matter.
MYNAH_INLINE void load_lanes(const float *x, size_t left, float_lanes *v) {
  if (left >= LANES)
    *v = *(const loose_lanes *)x;
  else
    memcpy(v, x, left * sizeof(float));
}

#define CHOSEN(condition, a, b) (((condition) & (a)) | (~(condition) & (b)))

// The first place of the greatest x + noise; NaN counts as the least. Floats are compared as whole numbers in the same
// order, whose greatest is found without regard to the order of comparison.
MYNAH_INLINE uint32_t greatest(const float *x, const float *noise, int count, size_t left) {
  const int_lanes lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const int_lanes least = (int_lanes){0} + INT_MIN, most = (int_lanes){0} + INT_MAX;
  int_lanes best = least, place = lane;
  for (int from = 0; from < count; from += LANES) {
    float_lanes v = {0}, z = {0};
    load_lanes(x + from, left - (size_t)from, &v);
    load_lanes(noise + from, left - (size_t)from, &z);
    v += z;
    int_lanes key = (int_lanes)v, here = lane + from;
    key ^= (key >> 31) & INT_MAX;
    int_lanes counts = (v == v) & (here < count);
    key = CHOSEN(counts, key, least);
    int_lanes better = key > best;
    place = CHOSEN(better, here, place);
    best = CHOSEN(better, key, best);
  }
  int_lanes found = best == __builtin_reduce_max(best);
  return (uint32_t)__builtin_reduce_min(CHOSEN(found, place, most));
}

MYNAH_CLONES void mynah_draw_spans_f32(const float *x, const float *noise, const int *bounds,
                                       const unsigned char *heads, size_t segments, size_t rows, uint32_t *drawn) {
  size_t width = (size_t)bounds[segments];
  for (size_t r = 0; r < rows; r++)
    for (size_t s = 0; s < segments; s++) {
      size_t at = r * width + (size_t)bounds[s];
      if (heads[s]) {
        float value = vtanhf(x[at]);
        memcpy(&drawn[r * segments + s], &value, sizeof value);
      } else {
        drawn[r * segments + s] = greatest(x + at, noise + at, bounds[s + 1] - bounds[s], rows * width - at);
      }
    }
}

MYNAH_INLINE float log_sum_exp(const float *x, int count) {
  float top = x[0], total = 0;
  for (int i = 1; i < count; i++) top = x[i] > top || x[i] != x[i] ? x[i] : top;
  for (int i = 0; i < count; i++) total += vexpf(x[i] - top);
  return top + vlogf(total);
}

MYNAH_CLONES void mynah_span_cross_entropy_f32(const float *x, size_t width, const int *from, const int *widths,
                                               const int *targets, size_t rows, float *restrict loss) {
  for (size_t r = 0; r < rows; r++) {
    const float *span = x + r * width + from[r];
    loss[r] = log_sum_exp(span, widths[r]) - span[targets[r]];
  }
}

MYNAH_CLONES void mynah_span_cross_entropy_backward_f32(const float *x, const float *g, size_t width, const int *from,
                                                        const int *widths, const int *targets, size_t rows,
                                                        float *restrict dx) {
  memset(dx, 0, rows * width * sizeof(float));
  for (size_t r = 0; r < rows; r++) {
    const float *span = x + r * width + from[r];
    float *out = dx + r * width + from[r], norm = log_sum_exp(span, widths[r]);
    for (int i = 0; i < widths[r]; i++) out[i] = g[r] * vexpf(span[i] - norm);
    out[targets[r]] -= g[r];
  }
}
