#include "include/mynah_elementwise.h"
#include "vector_math.h"

#define UNARY_F32(NAME, EXPRESSION)                                                       \
  MYNAH_CLONES void mynah_##NAME##_f32(const float *restrict in, float *restrict y, size_t count) { \
    for (size_t i = 0; i < count; i++) {                                                  \
      float x = in[i];                                                                    \
      y[i] = EXPRESSION;                                                                  \
    }                                                                                     \
  }
#define UNARY_F64(NAME, EXPRESSION)                                               \
  void mynah_##NAME##_f64(const double *in, double *y, size_t count) {            \
    for (size_t i = 0; i < count; i++) {                                          \
      double x = in[i];                                                           \
      y[i] = EXPRESSION;                                                          \
    }                                                                             \
  }
UNARY_F32(negate, -x)
UNARY_F64(negate, -x)
UNARY_F32(exp, vexpf(x))
UNARY_F64(exp, exp(x))
UNARY_F32(log, vlogf(x))
UNARY_F64(log, log(x))
UNARY_F32(tanh, vtanhf(x))
UNARY_F64(tanh, tanh(x))
UNARY_F32(sigmoid, vsigmoidf(x))
UNARY_F64(sigmoid, 1 / (1 + exp(-x)))
UNARY_F32(sqrt, __builtin_elementwise_sqrt(x))
UNARY_F64(sqrt, sqrt(x))
UNARY_F32(abs, __builtin_fabsf(x))
UNARY_F64(abs, fabs(x))

#define PARAMETRIC(NAME, TYPE, SUFFIX, EXPRESSION)                                                       \
  MYNAH_CLONES void mynah_##NAME##_##SUFFIX(const TYPE *restrict in, TYPE p, TYPE *restrict y, size_t count) { \
    for (size_t i = 0; i < count; i++) {                                                                 \
      TYPE x = in[i];                                                                                    \
      y[i] = EXPRESSION;                                                                                 \
    }                                                                                                    \
  }
// A slope of 0 is not multiplied: 0 times infinity is not a number.
PARAMETRIC(leaky_relu, float, f32, x > 0 ? x : p == 0 && x < 0 ? 0 : p * x)
PARAMETRIC(leaky_relu, double, f64, x > 0 ? x : p == 0 && x < 0 ? 0 : p * x)

#define POWER(TYPE, SUFFIX, POW, SQRT)                                                         \
  MYNAH_CLONES void mynah_power_##SUFFIX(const TYPE *in, TYPE p, TYPE *y, size_t count) {      \
    if (p == 2)                                                                                \
      for (size_t i = 0; i < count; i++) y[i] = in[i] * in[i];                                 \
    else if (p == 1)                                                                           \
      for (size_t i = 0; i < count; i++) y[i] = in[i];                                         \
    else if (p == 3)                                                                           \
      for (size_t i = 0; i < count; i++) y[i] = in[i] * in[i] * in[i];                         \
    else if (p == -1)                                                                          \
      for (size_t i = 0; i < count; i++) y[i] = 1 / in[i];                                     \
    else if (p == (TYPE)0.5)                                                                   \
      for (size_t i = 0; i < count; i++) y[i] = SQRT(in[i]);                                   \
    else if (p == (TYPE)-0.5)                                                                  \
      for (size_t i = 0; i < count; i++) y[i] = 1 / SQRT(in[i]);                               \
    else                                                                                       \
      for (size_t i = 0; i < count; i++) y[i] = POW(in[i], p);                                 \
  }
POWER(float, f32, powf, __builtin_elementwise_sqrt)
POWER(double, f64, pow, __builtin_elementwise_sqrt)

#define BACKWARD(TYPE, SUFFIX)                                                                                     \
  MYNAH_CLONES void mynah_leaky_relu_backward_##SUFFIX(const TYPE *restrict x, const TYPE *restrict g, TYPE slope, \
                                                       TYPE *restrict y, size_t count) {                           \
    for (size_t i = 0; i < count; i++) y[i] = x[i] > 0 ? g[i] : slope == 0 ? 0 : slope * g[i];                     \
  }                                                                                                                \
  MYNAH_CLONES void mynah_scale_##SUFFIX(const TYPE *restrict x, TYPE scale, TYPE shift, TYPE *restrict y,         \
                                         size_t count) {                                                           \
    for (size_t i = 0; i < count; i++) y[i] = scale * x[i] + shift;                                                \
  }                                                                                                                \
  MYNAH_CLONES void mynah_select_##SUFFIX(const TYPE *mask, const TYPE *a, const TYPE *b, TYPE *restrict out,      \
                                          size_t count) {                                                          \
    for (size_t i = 0; i < count; i++) out[i] = mask[i] != 0 ? a[i] : b[i];                                        \
  }
BACKWARD(float, f32)
BACKWARD(double, f64)

// The four combinations of inner strides are written out, so that each becomes a plain vector loop.
#define BINARY_TYPE(NAME, TYPE, SUFFIX, EXPRESSION)                                                                   \
  MYNAH_CLONES void mynah_##NAME##_##SUFFIX(const TYPE *a, mynah_walk wa, const TYPE *b, mynah_walk wb,               \
                                            TYPE *restrict out, size_t outer, size_t inner) {                         \
    for (size_t o = 0; o < outer; o++) {                                                                              \
      const TYPE *ra = a + (ptrdiff_t)o * wa.outer, *rb = b + (ptrdiff_t)o * wb.outer;                                \
      TYPE *ro = out + o * inner;                                                                                     \
      if (wa.inner && wb.inner)                                                                                       \
        for (size_t i = 0; i < inner; i++) { TYPE p = ra[i], q = rb[i]; (void)p; (void)q; ro[i] = EXPRESSION; }       \
      else if (wa.inner) {                                                                                            \
        TYPE q = rb[0]; (void)q;                                                                                      \
        for (size_t i = 0; i < inner; i++) { TYPE p = ra[i]; (void)p; ro[i] = EXPRESSION; }                           \
      } else if (wb.inner) {                                                                                          \
        TYPE p = ra[0]; (void)p;                                                                                      \
        for (size_t i = 0; i < inner; i++) { TYPE q = rb[i]; (void)q; ro[i] = EXPRESSION; }                           \
      } else {                                                                                                        \
        TYPE p = ra[0], q = rb[0]; (void)p; (void)q;                                                                  \
        for (size_t i = 0; i < inner; i++) ro[i] = EXPRESSION;                                                        \
      }                                                                                                               \
    }                                                                                                                 \
  }
#define BINARY(NAME, EXPRESSION)             \
  BINARY_TYPE(NAME, float, f32, EXPRESSION)  \
  BINARY_TYPE(NAME, double, f64, EXPRESSION)
BINARY(add, p + q)
BINARY(subtract, p - q)
BINARY(multiply, p * q)
BINARY(divide, p / q)
BINARY(maximum, p > q ? p : (p != p ? p : q))
BINARY(greater, p > q ? 1 : 0)
BINARY(greater_or_equal, p >= q ? 1 : 0)
BINARY(equal, p == q ? 1 : 0)
BINARY(second, q)

MYNAH_CLONES void mynah_f32_to_f64(const float *restrict x, double *restrict y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i];
}
MYNAH_CLONES void mynah_f64_to_f32(const double *restrict x, float *restrict y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = (float)x[i];
}
MYNAH_CLONES void mynah_i32_to_f64(const int *restrict x, double *restrict y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i];
}
MYNAH_CLONES void mynah_i32_to_f32(const int *restrict x, float *restrict y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = (float)x[i];
}
