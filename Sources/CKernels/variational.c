#include "include/mynah_variational.h"
#include "vector_math.h"

#define LATENT(TYPE, SUFFIX, EXP)                                                                                    \
  MYNAH_CLONES void mynah_latent_##SUFFIX(const TYPE *statistics, const TYPE *noise, size_t rows, size_t width,      \
                                          TYPE *restrict z) {                                                        \
    for (size_t r = 0; r < rows; r++) {                                                                              \
      const TYPE *mean = statistics + 2 * r * width, *logvar = mean + width, *e = noise + r * width;                 \
      for (size_t i = 0; i < width; i++) z[r * width + i] = mean[i] + EXP(logvar[i] * (TYPE)0.5) * e[i];             \
    }                                                                                                                \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_latent_backward_##SUFFIX(const TYPE *statistics, const TYPE *noise, const TYPE *g,         \
                                                   size_t rows, size_t width, TYPE *restrict dx) {                   \
    for (size_t r = 0; r < rows; r++) {                                                                              \
      const TYPE *logvar = statistics + (2 * r + 1) * width, *e = noise + r * width, *gr = g + r * width;            \
      TYPE *out = dx + 2 * r * width;                                                                                \
      for (size_t i = 0; i < width; i++) {                                                                           \
        out[i] = gr[i];                                                                                              \
        out[width + i] = gr[i] * e[i] * (EXP(logvar[i] * (TYPE)0.5) * (TYPE)0.5);                                    \
      }                                                                                                              \
    }                                                                                                                \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_divergence_##SUFFIX(const TYPE *statistics, size_t rows, size_t width,                     \
                                              TYPE *restrict loss) {                                                 \
    enum { LANES = 16 };                                                                                             \
    for (size_t r = 0; r < rows; r++) {                                                                              \
      const TYPE *mean = statistics + 2 * r * width, *logvar = mean + width;                                         \
      TYPE sums[LANES] = {0}, total = 0;                                                                             \
      size_t i = 0;                                                                                                  \
      for (; i + LANES <= width; i += LANES)                                                                         \
        for (size_t l = 0; l < LANES; l++)                                                                           \
          sums[l] += mean[i + l] * mean[i + l] + EXP(logvar[i + l]) - logvar[i + l] - 1;                             \
      for (; i < width; i++) total += mean[i] * mean[i] + EXP(logvar[i]) - logvar[i] - 1;                            \
      for (size_t l = 0; l < LANES; l++) total += sums[l];                                                           \
      loss[r] = total * (TYPE)0.5;                                                                                   \
    }                                                                                                                \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_divergence_backward_##SUFFIX(const TYPE *statistics, const TYPE *g, size_t rows,           \
                                                       size_t width, TYPE *restrict dx) {                            \
    for (size_t r = 0; r < rows; r++) {                                                                              \
      const TYPE *mean = statistics + 2 * r * width, *logvar = mean + width;                                         \
      TYPE *out = dx + 2 * r * width;                                                                                \
      for (size_t i = 0; i < width; i++) {                                                                           \
        out[i] = g[r] * mean[i];                                                                                     \
        out[width + i] = g[r] * ((EXP(logvar[i]) - 1) * (TYPE)0.5);                                                  \
      }                                                                                                              \
    }                                                                                                                \
  }
LATENT(float, f32, vexpf)
LATENT(double, f64, exp)

// The exponentials of a whole row are taken at once: spans are often shorter than a vector. They are zeros in columns that
// belong to no span.
#define LIKELIHOOD(TYPE, SUFFIX, EXP, LOG, TANH)                                                                     \
  MYNAH_INLINE void exponentials_##SUFFIX(mynah_row_spans s, const TYPE *x, TYPE *restrict out) {                    \
    for (size_t i = 0; i < s.width; i++) out[i] = -INFINITY;                                                         \
    for (size_t k = 0; k < s.levels; k++) {                                                                          \
      int from = s.level_offsets[k], to = from + s.level_widths[k];                                                  \
      TYPE top = -INFINITY;                                                                                          \
      for (int i = from; i < to; i++) top = x[i] > top || x[i] != x[i] ? x[i] : top;                                 \
      for (int i = from; i < to; i++) out[i] = x[i] - top;                                                           \
    }                                                                                                                \
    for (size_t i = 0; i < s.width; i++) out[i] = EXP(out[i]);                                                       \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_row_likelihood_##SUFFIX(mynah_row_spans s, const TYPE *logits, const TYPE *deviations,     \
                                                  const TYPE *x, const int32_t *codes, size_t rows,                  \
                                                  TYPE *restrict scratch, TYPE *restrict loss) {                     \
    for (size_t r = 0; r < rows; r++) {                                                                              \
      const TYPE *in = logits + r * s.width;                                                                         \
      TYPE sum = 0;                                                                                                  \
      exponentials_##SUFFIX(s, in, scratch);                                                                         \
      for (size_t k = 0; k < s.levels; k++) {                                                                        \
        int from = s.level_offsets[k], to = from + s.level_widths[k], target = codes[r * s.levels + k];              \
        if (from == to) continue;                                                                                    \
        TYPE total = 0, top = -INFINITY;                                                                             \
        for (int i = from; i < to; i++) total += scratch[i];                                                         \
        for (int i = from; i < to; i++) top = in[i] > top || in[i] != in[i] ? in[i] : top;                           \
        sum += LOG(total) - (in[target] - top);                                                                      \
      }                                                                                                              \
      for (size_t k = 0; k < s.scalars; k++) {                                                                       \
        TYPE logit = in[s.scalar_offsets[k]], mean = s.is_tanh[k] ? TANH(logit) : logit;                             \
        TYPE e = (x[r * s.scalars + k] - mean) / deviations[k];                                                      \
        sum += e * e * (TYPE)0.5 + LOG(deviations[k]);                                                               \
      }                                                                                                              \
      loss[r] = sum;                                                                                                 \
    }                                                                                                                \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_row_likelihood_backward_##SUFFIX(                                                          \
      mynah_row_spans s, const TYPE *logits, const TYPE *deviations, const TYPE *x, const int32_t *codes,            \
      const TYPE *g, size_t rows, TYPE *restrict dlogits, TYPE *restrict ddeviations) {                              \
    for (size_t k = 0; k < s.scalars; k++) ddeviations[k] = 0;                                                       \
    for (size_t r = 0; r < rows; r++) {                                                                              \
      const TYPE *in = logits + r * s.width;                                                                         \
      TYPE *out = dlogits + r * s.width;                                                                             \
      exponentials_##SUFFIX(s, in, out);                                                                             \
      for (size_t k = 0; k < s.levels; k++) {                                                                        \
        int from = s.level_offsets[k], to = from + s.level_widths[k];                                                \
        if (from == to) continue;                                                                                    \
        TYPE total = 0;                                                                                              \
        for (int i = from; i < to; i++) total += out[i];                                                             \
        TYPE share = g[r] / total;                                                                                   \
        for (int i = from; i < to; i++) out[i] *= share;                                                             \
        out[codes[r * s.levels + k]] -= g[r];                                                                        \
      }                                                                                                              \
      for (size_t k = 0; k < s.scalars; k++) {                                                                       \
        TYPE logit = in[s.scalar_offsets[k]], mean = s.is_tanh[k] ? TANH(logit) : logit;                             \
        TYPE inverse = 1 / deviations[k], e = (x[r * s.scalars + k] - mean) * inverse;                               \
        out[s.scalar_offsets[k]] = -g[r] * e * inverse * (s.is_tanh[k] ? 1 - mean * mean : 1);                       \
        ddeviations[k] += g[r] * (1 - e * e) * inverse;                                                              \
      }                                                                                                              \
    }                                                                                                                \
  }
LIKELIHOOD(float, f32, vexpf, vlogf, vtanhf)
LIKELIHOOD(double, f64, exp, log, tanh)
