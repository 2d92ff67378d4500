// Counter-based randomness: any value of any stream can be computed alone, so fills split over threads at will.
#include "include/mynah_random.h"
#include "vector_math.h"

enum { M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85 };
enum { LANES = 16 };

MYNAH_INLINE void philox(uint32_t k0, uint32_t k1, uint32_t *c0, uint32_t *c1, uint32_t *c2, uint32_t *c3) {
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)(uint32_t)M0 * *c0, p1 = (uint64_t)(uint32_t)M1 * *c2;
    uint32_t n0 = (uint32_t)(p1 >> 32) ^ *c1 ^ k0, n2 = (uint32_t)(p0 >> 32) ^ *c3 ^ k1;
    *c1 = (uint32_t)p1;
    *c3 = (uint32_t)p0;
    *c0 = n0;
    *c2 = n2;
    k0 += (uint32_t)W0;
    k1 += (uint32_t)W1;
  }
}

void mynah_philox(uint64_t key, uint64_t low, uint64_t high, uint32_t out[4]) {
  out[0] = (uint32_t)low;
  out[1] = (uint32_t)(low >> 32);
  out[2] = (uint32_t)high;
  out[3] = (uint32_t)(high >> 32);
  philox((uint32_t)key, (uint32_t)(key >> 32), &out[0], &out[1], &out[2], &out[3]);
}

// Sixteen blocks side by side: one array per word, so that the rounds vectorise.
MYNAH_INLINE void sixteen(uint64_t key, uint64_t first, uint32_t w[4][LANES]) {
  for (int i = 0; i < LANES; i++) {
    uint32_t c0 = (uint32_t)(first + (uint64_t)i), c1 = (uint32_t)((first + (uint64_t)i) >> 32), c2 = 0, c3 = 0;
    philox((uint32_t)key, (uint32_t)(key >> 32), &c0, &c1, &c2, &c3);
    w[0][i] = c0;
    w[1][i] = c1;
    w[2][i] = c2;
    w[3][i] = c3;
  }
}

// 23 bits and a half fill the 24 of a float exactly: one bit more would round up to 1.
MYNAH_INLINE float unit(uint32_t w) { return ((float)(int32_t)(w >> 9) + 0.5f) * 1.1920928955078125e-7f; }

#define FILL(NAME, TYPE, EXTRA, TRANSFORM)                                                       \
  MYNAH_CLONES void NAME(uint64_t key, uint64_t first, EXTRA TYPE *out, size_t count) {          \
    uint32_t w[4][LANES];                                                                        \
    TYPE v[4][LANES];                                                                            \
    for (size_t at = 0; at < count; at += 4 * LANES, first += LANES) {                           \
      sixteen(key, first, w);                                                                    \
      TRANSFORM;                                                                                 \
      size_t n = count - at;                                                                     \
      if (n >= 4 * LANES) {                                                                      \
        for (int i = 0; i < LANES; i++)                                                          \
          for (int j = 0; j < 4; j++) out[at + 4 * (size_t)i + (size_t)j] = v[j][i];             \
      } else {                                                                                   \
        for (size_t i = 0; i < n; i++) out[at + i] = v[i % 4][i / 4];                            \
      }                                                                                          \
    }                                                                                            \
  }
#define EACH(EXPRESSION)            \
  for (int j = 0; j < 4; j++)       \
    for (int i = 0; i < LANES; i++) v[j][i] = EXPRESSION
#define NOTHING
#define MASK_ARGUMENTS float keep, float scale,

FILL(mynah_fill_bits, uint32_t, NOTHING, EACH(w[j][i]))
FILL(mynah_fill_uniform, float, NOTHING, EACH(unit(w[j][i])))
FILL(mynah_fill_gumbel, float, NOTHING, EACH(-vlogf(-vlogf(unit(w[j][i])))))
FILL(mynah_fill_mask, float, MASK_ARGUMENTS, EACH(unit(w[j][i]) < keep ? scale : 0.0f))

MYNAH_INLINE void box_muller(uint32_t w[4][LANES], float v[4][LANES]) {
  for (int j = 0; j < 4; j += 2)
    for (int i = 0; i < LANES; i++) {
      float r = __builtin_elementwise_sqrt(-2.0f * vlogf(unit(w[j][i]))), s, c;
      vsincos_turn(unit(w[j + 1][i]), &s, &c);
      v[j][i] = r * c;
      v[j + 1][i] = r * s;
    }
}
FILL(mynah_fill_normal, float, NOTHING, box_muller(w, v))
