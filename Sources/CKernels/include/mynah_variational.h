#ifndef MYNAH_VARIATIONAL_H
#define MYNAH_VARIATIONAL_H
#include <stddef.h>
#include <stdint.h>

// Kernels of variational autoencoders. `statistics` is rows x 2 width: a row's means, then its log variances.

/// z = mean + exp(log variance / 2) * noise.
void mynah_latent_f32(const float *statistics, const float *noise, size_t rows, size_t width, float *z);
void mynah_latent_f64(const double *statistics, const double *noise, size_t rows, size_t width, double *z);
/// The gradient of the statistics above, given that of z.
void mynah_latent_backward_f32(const float *statistics, const float *noise, const float *g, size_t rows, size_t width,
                               float *dx);
void mynah_latent_backward_f64(const double *statistics, const double *noise, const double *g, size_t rows,
                               size_t width, double *dx);
/// loss[r] = half the sum of mean^2 + exp(log variance) - log variance - 1 over row r.
void mynah_divergence_f32(const float *statistics, size_t rows, size_t width, float *loss);
void mynah_divergence_f64(const double *statistics, size_t rows, size_t width, double *loss);
/// The gradient of the statistics above, given that of the losses.
void mynah_divergence_backward_f32(const float *statistics, const float *g, size_t rows, size_t width, float *dx);
void mynah_divergence_backward_f64(const double *statistics, const double *g, size_t rows, size_t width, double *dx);

/// What the columns of a row of logits are: scalars, whose means are tanh of the logit or the logit itself, and spans of
/// levels. A span of width 0 is left out. Columns of neither do not count.
typedef struct {
  size_t width, scalars, levels;
  const int32_t *scalar_offsets, *level_offsets, *level_widths;
  const unsigned char *is_tanh;
} mynah_row_spans;

/// The negative log-likelihood of rows, without the constants of the normal densities:
/// loss[r] = sum over scalars of (x - mean)^2 / (2 s^2) + log s, plus over spans of log sum exp - the target's logit.
///
/// - x: rows x scalars. deviations: s, one for each scalar. codes: rows x levels, each a column of the logits.
/// - scratch: `width` numbers.
void mynah_row_likelihood_f32(mynah_row_spans spans, const float *logits, const float *deviations, const float *x,
                              const int32_t *codes, size_t rows, float *scratch, float *loss);
void mynah_row_likelihood_f64(mynah_row_spans spans, const double *logits, const double *deviations, const double *x,
                              const int32_t *codes, size_t rows, double *scratch, double *loss);
/// The gradients above, given that of the losses; those of the deviations are summed over the rows.
void mynah_row_likelihood_backward_f32(mynah_row_spans spans, const float *logits, const float *deviations,
                                       const float *x, const int32_t *codes, const float *g, size_t rows,
                                       float *dlogits, float *ddeviations);
void mynah_row_likelihood_backward_f64(mynah_row_spans spans, const double *logits, const double *deviations,
                                       const double *x, const int32_t *codes, const double *g, size_t rows,
                                       double *dlogits, double *ddeviations);
#endif
