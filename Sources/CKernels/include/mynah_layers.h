#ifndef MYNAH_LAYERS_H
#define MYNAH_LAYERS_H
#include <stddef.h>
#include <stdint.h>

// Fused kernels of layers. Segments are runs of neighbouring columns: segment s is bounds[s] ..< bounds[s + 1].

/// y = softmax((x + noise) * inverse_temperature) in each segment of each row; noise may be null.
void mynah_segment_softmax_f32(const float *x, const float *noise, float inverse_temperature, const int *bounds,
                               size_t segments, size_t rows, float *y);
void mynah_segment_softmax_f64(const double *x, const double *noise, double inverse_temperature, const int *bounds,
                               size_t segments, size_t rows, double *y);
/// The gradient of x above: y (g - sum of y g) * inverse_temperature.
void mynah_segment_softmax_backward_f32(const float *y, const float *g, float inverse_temperature, const int *bounds,
                                        size_t segments, size_t rows, float *dx);
void mynah_segment_softmax_backward_f64(const double *y, const double *g, double inverse_temperature,
                                        const int *bounds, size_t segments, size_t rows, double *dx);
/// y = x - log(sum of exp(x)) in each segment.
void mynah_segment_log_softmax_f32(const float *x, const int *bounds, size_t segments, size_t rows, float *y);
void mynah_segment_log_softmax_f64(const double *x, const int *bounds, size_t segments, size_t rows, double *y);
/// Every place gets the sum of its segment.
void mynah_segment_sum_f32(const float *x, const int *bounds, size_t segments, size_t rows, float *y);
void mynah_segment_sum_f64(const double *x, const int *bounds, size_t segments, size_t rows, double *y);

/// A generator's output heads in one pass: tanh(x) in segments with heads[s] = 1, softmax((x + noise) *
/// inverse_temperature) in those with heads[s] = 0.
void mynah_activate_spans_f32(const float *x, const float *noise, float inverse_temperature, const int *bounds,
                              const unsigned char *heads, size_t segments, size_t rows, float *y);
/// The gradient of x above, given y.
void mynah_activate_spans_backward_f32(const float *y, const float *g, float inverse_temperature, const int *bounds,
                                       const unsigned char *heads, size_t segments, size_t rows, float *dx);
/// For drawing rows, a number per segment: the bits of tanh(x) (heads[s] = 1, one column), or the place in the segment of
/// the largest x + noise, which is a draw from the softmax (Gumbel's trick).
void mynah_draw_spans_f32(const float *x, const float *noise, const int *bounds, const unsigned char *heads,
                          size_t segments, size_t rows, uint32_t *drawn);

/// loss[r] = log sum exp of x[r, from[r] ..< from[r] + widths[r]] - x[r, from[r] + targets[r]].
void mynah_span_cross_entropy_f32(const float *x, size_t width, const int *from, const int *widths, const int *targets,
                                  size_t rows, float *loss);
/// The gradient of x above, given that of the losses; zero outside the spans.
void mynah_span_cross_entropy_backward_f32(const float *x, const float *g, size_t width, const int *from,
                                           const int *widths, const int *targets, size_t rows, float *dx);

/// Mean and biased variance of each column in from ..< to.
void mynah_column_moments_f32(const float *x, size_t rows, size_t columns, size_t from, size_t to, float *mean, float *variance);
void mynah_column_moments_f64(const double *x, size_t rows, size_t columns, size_t from, size_t to, double *mean, double *variance);
/// y = (x - mean) * inverse * scale + shift, by column.
void mynah_normalize_f32(const float *x, const float *mean, const float *inverse, const float *scale, const float *shift,
                         size_t rows, size_t columns, float *y);
void mynah_normalize_f64(const double *x, const double *mean, const double *inverse, const double *scale,
                         const double *shift, size_t rows, size_t columns, double *y);
/// For columns from ..< to: sum_g = sum of g, sum_gx = sum of g * xhat, and
/// dx = scale * inverse * (g - sum_g / rows - xhat * sum_gx / rows), with xhat = (x - mean) * inverse.
void mynah_normalize_backward_f32(const float *x, const float *g, const float *mean, const float *inverse,
                                  const float *scale, size_t rows, size_t columns, size_t from, size_t to,
                                  float *sum_g, float *sum_gx, float *dx);
void mynah_normalize_backward_f64(const double *x, const double *g, const double *mean, const double *inverse,
                                  const double *scale, size_t rows, size_t columns, size_t from, size_t to,
                                  double *sum_g, double *sum_gx, double *dx);

/// One step of Adam over `count` numbers, in place. g is multiplied by `gradient_scale`; `l2` is added to the gradient
/// (torch.optim.Adam), `decay` multiplies the parameter before (AdamW).
typedef struct {
  float beta1, beta2, epsilon, step_size, root_correction, l2, decay, gradient_scale;
} mynah_adam;
void mynah_adam_step_f32(mynah_adam a, const float *g, float *p, float *m, float *v, size_t count);
#endif
