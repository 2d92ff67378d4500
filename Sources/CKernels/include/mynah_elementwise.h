#ifndef MYNAH_ELEMENTWISE_H
#define MYNAH_ELEMENTWISE_H
#include <stddef.h>

// Elementwise kernels for float (f32) and double (f64). The f32 transcendental ones are vectorised polynomials within a
// few ULPs; the f64 ones call libm, because float64 is there for gradient checks.

#define MYNAH_DECLARE_UNARY(NAME)                                        \
  void mynah_##NAME##_f32(const float *x, float *y, size_t count);       \
  void mynah_##NAME##_f64(const double *x, double *y, size_t count);
MYNAH_DECLARE_UNARY(negate)
MYNAH_DECLARE_UNARY(exp)
MYNAH_DECLARE_UNARY(log)
MYNAH_DECLARE_UNARY(tanh)
MYNAH_DECLARE_UNARY(sigmoid)
MYNAH_DECLARE_UNARY(sqrt)
MYNAH_DECLARE_UNARY(abs)
#undef MYNAH_DECLARE_UNARY

/// y = x^p; whole and half powers are multiplied out.
void mynah_power_f32(const float *x, float p, float *y, size_t count);
void mynah_power_f64(const double *x, double p, double *y, size_t count);
/// y = x > 0 ? x : slope x
void mynah_leaky_relu_f32(const float *x, float slope, float *y, size_t count);
void mynah_leaky_relu_f64(const double *x, double slope, double *y, size_t count);
/// y = g (x > 0 ? 1 : slope)
void mynah_leaky_relu_backward_f32(const float *x, const float *g, float slope, float *y, size_t count);
void mynah_leaky_relu_backward_f64(const double *x, const double *g, double slope, double *y, size_t count);
/// y = scale x + shift
void mynah_scale_f32(const float *x, float scale, float shift, float *y, size_t count);
void mynah_scale_f64(const double *x, double scale, double shift, double *y, size_t count);

/// How one operand of a binary kernel walks over an outer x inner grid; `inner` is 0 or 1.
typedef struct {
  ptrdiff_t outer, inner;
} mynah_walk;

// out[o, i] = a[o, i] OP b[o, i], out contiguous. Comparisons give 1 and 0.
#define MYNAH_DECLARE_BINARY(NAME)                                                                                  \
  void mynah_##NAME##_f32(const float *a, mynah_walk wa, const float *b, mynah_walk wb, float *out, size_t outer,   \
                          size_t inner);                                                                            \
  void mynah_##NAME##_f64(const double *a, mynah_walk wa, const double *b, mynah_walk wb, double *out, size_t outer, \
                          size_t inner);
MYNAH_DECLARE_BINARY(add)
MYNAH_DECLARE_BINARY(subtract)
MYNAH_DECLARE_BINARY(multiply)
MYNAH_DECLARE_BINARY(divide)
MYNAH_DECLARE_BINARY(maximum)
MYNAH_DECLARE_BINARY(greater)
MYNAH_DECLARE_BINARY(greater_or_equal)
MYNAH_DECLARE_BINARY(equal)
/// The second operand alone: broadcasting copies.
MYNAH_DECLARE_BINARY(second)
#undef MYNAH_DECLARE_BINARY

/// out = mask != 0 ? a : b, all contiguous.
void mynah_select_f32(const float *mask, const float *a, const float *b, float *out, size_t count);
void mynah_select_f64(const double *mask, const double *a, const double *b, double *out, size_t count);

void mynah_f32_to_f64(const float *x, double *y, size_t count);
void mynah_f64_to_f32(const double *x, float *y, size_t count);
void mynah_i32_to_f32(const int *x, float *y, size_t count);
void mynah_i32_to_f64(const int *x, double *y, size_t count);
#endif
