// Branch-free float functions that the compiler vectorises inside MYNAH_CLONES loops. Accuracy is tested in ULPs by
// Tests/TensorsTests. Polynomials are minimax fits in the style of Cephes (public domain coefficients).
#ifndef MYNAH_VECTOR_MATH_H
#define MYNAH_VECTOR_MATH_H
#include "include/mynah_dispatch.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

MYNAH_INLINE float bits_to_float(uint32_t b) { float f; memcpy(&f, &b, 4); return f; }
MYNAH_INLINE uint32_t float_to_bits(float f) { uint32_t b; memcpy(&b, &f, 4); return b; }

// exp(x): x = n ln2 + r, |r| <= ln2 / 2. Below -87.3 the result is denormal and flushed to 0; above 88.72, infinity.
MYNAH_INLINE float vexpf(float x) {
  // NaN goes to the lower bound, so that the conversion to an integer below is defined.
  float clamped = x > -87.33654f ? x : -87.33654f;
  clamped = clamped > 88.72283f ? 88.72283f : clamped;
  float n = __builtin_rintf(clamped * 1.44269504088896341f);
  float r = clamped - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  // Two factors, because n = 128 is past the largest exponent.
  int32_t half = (int32_t)n >> 1, rest = (int32_t)n - half;
  float y = p * bits_to_float((uint32_t)(half + 127) << 23) * bits_to_float((uint32_t)(rest + 127) << 23);
  y = x > 88.72283f ? INFINITY : y;
  y = x < -87.33654f ? 0.0f : y;
  return x != x ? x : y;
}

// log(x) for x >= 0: x = 2^e m with m in [sqrt(1/2), sqrt(2)). Denormals count as 0.
MYNAH_INLINE float vlogf(float x) {
  uint32_t b = float_to_bits(x);
  int32_t e = (int32_t)(b >> 23) - 126;
  float m = bits_to_float((b & 0x007fffffu) | 0x3f000000u);
  int low = m < 0.70710678f;
  e = low ? e - 1 : e;
  float f = low ? m + m - 1.0f : m - 1.0f;
  float z = f * f;
  float p = 7.0376836292e-2f;
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  float ef = (float)e;
  float y = f * z * p + ef * -2.12194440e-4f - 0.5f * z;
  y = f + y + ef * 0.693359375f;
  y = x < 1.17549435e-38f ? -INFINITY : y;
  y = x == INFINITY ? INFINITY : y;
  y = x < 0 ? NAN : y;
  return x != x ? x : y;
}

// tanh(x): an odd polynomial near 0, 1 - 2 / (exp(2x) + 1) elsewhere.
MYNAH_INLINE float vtanhf(float x) {
  float a = __builtin_fabsf(x);
  float z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  float small = p * z * x + x;
  float c = a > 10.0f ? 10.0f : a;
  float large = 1.0f - 2.0f / (vexpf(c + c) + 1.0f);
  float y = __builtin_copysignf(a < 0.625f ? small : large, x);
  return x != x ? x : y;
}

MYNAH_INLINE float vsigmoidf(float x) { return 1.0f / (1.0f + vexpf(-x)); }

// sin and cos of 2 pi u for u in [0, 1): reduced to an eighth of a turn.
MYNAH_INLINE void vsincos_turn(float u, float *s, float *c) {
  float q = __builtin_rintf(u * 4.0f);
  float r = (u - q * 0.25f) * 6.28318530717958647693f;
  float z = r * r;
  float sp = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * r + r;
  float cp = ((2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z * z - 0.5f * z + 1.0f;
  int32_t k = (int32_t)q & 3;
  float sv = (k & 1) ? cp : sp, cv = (k & 1) ? sp : cp;
  *s = (k & 2) ? -sv : sv;
  *c = (k == 1 || k == 2) ? -cv : cv;
}
#endif
