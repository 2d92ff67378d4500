// Kernels for a generator's output heads: a row is a sequence of spans, each a tanh scalar or a softmax over levels.
#include "include/mynah_layers.h"
#include "vector_math.h"
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

MYNAH_CLONES void mynah_draw_spans_f32(const float *x, const float *noise, const int *bounds,
                                       const unsigned char *heads, size_t segments, size_t rows, float *restrict y) {
  size_t width = (size_t)bounds[segments];
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < width; i++) y[r * width + i] = x[r * width + i] + noise[r * width + i];
    for (size_t s = 0; s < segments; s++)
      if (heads[s])
        for (int i = bounds[s]; i < bounds[s + 1]; i++) y[r * width + (size_t)i] = vtanhf(x[r * width + (size_t)i]);
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
