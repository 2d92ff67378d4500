#include "include/mynah_layers.h"
#include "vector_math.h"

#define SEGMENTS(TYPE, SUFFIX, EXP, LOG)                                                                              \
  MYNAH_CLONES void mynah_segment_softmax_##SUFFIX(const TYPE *x, const TYPE *noise, TYPE inverse, const int *bounds, \
                                                   size_t segments, size_t rows, TYPE *restrict y) {                  \
    size_t width = (size_t)bounds[segments];                                                                          \
    for (size_t r = 0; r < rows; r++) {                                                                               \
      const TYPE *in = x + r * width, *z = noise ? noise + r * width : 0;                                             \
      TYPE *out = y + r * width;                                                                                      \
      for (size_t s = 0; s < segments; s++) {                                                                         \
        int from = bounds[s], to = bounds[s + 1];                                                                     \
        TYPE top = -INFINITY;                                                                                         \
        for (int i = from; i < to; i++) {                                                                             \
          out[i] = z ? in[i] + z[i] : in[i];                                                                          \
          top = out[i] > top || out[i] != out[i] ? out[i] : top;                                                      \
        }                                                                                                             \
        for (int i = from; i < to; i++) out[i] = (out[i] - top) * inverse;                                            \
      }                                                                                                               \
      for (size_t i = 0; i < width; i++) out[i] = EXP(out[i]);                                                        \
      for (size_t s = 0; s < segments; s++) {                                                                         \
        TYPE total = 0;                                                                                               \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) total += out[i];                                              \
        TYPE share = 1 / total;                                                                                       \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] *= share;                                              \
      }                                                                                                               \
    }                                                                                                                 \
  }                                                                                                                   \
  MYNAH_CLONES void mynah_segment_softmax_backward_##SUFFIX(const TYPE *y, const TYPE *g, TYPE inverse,               \
                                                            const int *bounds, size_t segments, size_t rows,          \
                                                            TYPE *restrict dx) {                                      \
    size_t width = (size_t)bounds[segments];                                                                          \
    for (size_t r = 0; r < rows; r++) {                                                                               \
      const TYPE *yr = y + r * width, *gr = g + r * width;                                                            \
      TYPE *out = dx + r * width;                                                                                     \
      for (size_t s = 0; s < segments; s++) {                                                                         \
        TYPE dot = 0;                                                                                                 \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) dot += yr[i] * gr[i];                                         \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = yr[i] * (gr[i] - dot) * inverse;                     \
      }                                                                                                               \
    }                                                                                                                 \
  }                                                                                                                   \
  MYNAH_CLONES void mynah_segment_log_softmax_##SUFFIX(const TYPE *x, const int *bounds, size_t segments,             \
                                                       size_t rows, TYPE *restrict y) {                               \
    size_t width = (size_t)bounds[segments];                                                                          \
    for (size_t r = 0; r < rows; r++)                                                                                 \
      for (size_t s = 0; s < segments; s++) {                                                                         \
        const TYPE *in = x + r * width;                                                                               \
        TYPE *out = y + r * width;                                                                                    \
        TYPE top = -INFINITY, total = 0;                                                                              \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) top = in[i] > top || in[i] != in[i] ? in[i] : top;            \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = EXP(in[i] - top);                                    \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) total += out[i];                                              \
        TYPE norm = LOG(total);                                                                                       \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) out[i] = (in[i] - top) - norm;                                \
      }                                                                                                               \
  }                                                                                                                   \
  MYNAH_CLONES void mynah_segment_sum_##SUFFIX(const TYPE *x, const int *bounds, size_t segments, size_t rows,        \
                                               TYPE *restrict y) {                                                    \
    size_t width = (size_t)bounds[segments];                                                                          \
    for (size_t r = 0; r < rows; r++)                                                                                 \
      for (size_t s = 0; s < segments; s++) {                                                                         \
        TYPE total = 0;                                                                                               \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) total += x[r * width + (size_t)i];                            \
        for (int i = bounds[s]; i < bounds[s + 1]; i++) y[r * width + (size_t)i] = total;                             \
      }                                                                                                               \
  }
SEGMENTS(float, f32, vexpf, vlogf)
SEGMENTS(double, f64, exp, log)

// Column kernels work on strips of columns: the sums of a strip stay in registers, and threads take strips.
#define NORMALIZE(TYPE, SUFFIX)                                                                                        \
  MYNAH_CLONES void mynah_column_moments_##SUFFIX(const TYPE *x, size_t rows, size_t columns, size_t from, size_t to,  \
                                                  TYPE *restrict mean, TYPE *restrict variance) {                      \
    for (size_t c = from; c < to; c++) mean[c] = variance[c] = 0;                                                      \
    for (size_t r = 0; r < rows; r++)                                                                                  \
      for (size_t c = from; c < to; c++) mean[c] += x[r * columns + c];                                                \
    for (size_t c = from; c < to; c++) mean[c] /= (TYPE)rows;                                                          \
    for (size_t r = 0; r < rows; r++)                                                                                  \
      for (size_t c = from; c < to; c++) {                                                                             \
        TYPE d = x[r * columns + c] - mean[c];                                                                         \
        variance[c] += d * d;                                                                                          \
      }                                                                                                                \
    for (size_t c = from; c < to; c++) variance[c] /= (TYPE)rows;                                                      \
  }                                                                                                                    \
  MYNAH_CLONES void mynah_normalize_##SUFFIX(const TYPE *x, const TYPE *mean, const TYPE *inverse, const TYPE *scale,  \
                                             const TYPE *shift, size_t rows, size_t columns, TYPE *restrict y) {       \
    for (size_t r = 0; r < rows; r++)                                                                                  \
      for (size_t c = 0; c < columns; c++)                                                                             \
        y[r * columns + c] = (x[r * columns + c] - mean[c]) * inverse[c] * scale[c] + shift[c];                        \
  }                                                                                                                    \
  MYNAH_CLONES void mynah_normalize_backward_##SUFFIX(                                                                 \
      const TYPE *x, const TYPE *g, const TYPE *mean, const TYPE *inverse, const TYPE *scale, size_t rows,             \
      size_t columns, size_t from, size_t to, TYPE *restrict sum_g, TYPE *restrict sum_gx, TYPE *restrict dx) {        \
    for (size_t c = from; c < to; c++) sum_g[c] = sum_gx[c] = 0;                                                       \
    for (size_t r = 0; r < rows; r++)                                                                                  \
      for (size_t c = from; c < to; c++) {                                                                             \
        TYPE gv = g[r * columns + c];                                                                                  \
        sum_g[c] += gv;                                                                                                \
        sum_gx[c] += gv * (x[r * columns + c] - mean[c]) * inverse[c];                                                 \
      }                                                                                                                \
    TYPE share = 1 / (TYPE)rows;                                                                                       \
    for (size_t r = 0; r < rows; r++)                                                                                  \
      for (size_t c = from; c < to; c++) {                                                                             \
        TYPE xhat = (x[r * columns + c] - mean[c]) * inverse[c];                                                       \
        dx[r * columns + c] =                                                                                          \
            scale[c] * inverse[c] * (g[r * columns + c] - share * sum_g[c] - xhat * share * sum_gx[c]);                \
      }                                                                                                                \
  }
NORMALIZE(float, f32)
NORMALIZE(double, f64)

MYNAH_CLONES void mynah_adam_step_f32(mynah_adam a, const float *restrict g, float *restrict p, float *restrict m,
                                      float *restrict v, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float q = p[i] * a.decay;
    float d = g[i] * a.gradient_scale + a.l2 * q;
    float mi = a.beta1 * m[i] + (1 - a.beta1) * d;
    float vi = a.beta2 * v[i] + (1 - a.beta2) * d * d;
    m[i] = mi;
    v[i] = vi;
    p[i] = q - a.step_size * mi / (__builtin_elementwise_sqrt(vi) * a.root_correction + a.epsilon);
  }
}
