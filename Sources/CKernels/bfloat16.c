// Layers in bfloat16 for AVX512_BF16, whose instruction multiplies pairs of bfloat16 and adds both products to a float32:
// two multiplications where float32 does one. Each factor is rounded to 8 significant bits (relative error 2^-9); sums
// are float32. For inference only, where that error is far below the noise of the draw.
//
// As in matmul.c, 12 x 32 sums stay in registers and run down the rows of A. Panels are packed once per model, the whole
// depth of one is summed before anything is stored, and the bias, the rows that codes choose and the ReLU are part of it.
#include "include/mynah_bfloat16.h"
#include "include/mynah_dispatch.h"
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>

enum { WIDTH = MYNAH_PANEL_WIDTH, HEIGHT = 12 };
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512bf16,fma")))

int mynah_has_bfloat16(void) { return mynah_supports_avx512() && __builtin_cpu_supports("avx512bf16"); }

typedef int pair __attribute__((aligned(2), may_alias));

// The first `count` of `wide` lanes.
static inline uint32_t first_lanes(size_t count, size_t wide) {
  return count >= wide ? (uint32_t)((1ull << wide) - 1) : (uint32_t)((1ull << count) - 1);
}

TARGET void mynah_bfloat16_round(const float *x, size_t rows, size_t columns, uint16_t *y, size_t row_y) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c += 16) {
      __mmask16 mask = (__mmask16)first_lanes(columns - c, 16);
      __m512 v = _mm512_maskz_loadu_ps(mask, x + r * columns + c);
      _mm256_mask_storeu_epi16(y + r * row_y + c, mask, (__m256i)_mm512_cvtneps_pbh(v));
    }
}

TARGET void mynah_bfloat16_pack(const float *weight, size_t inputs, size_t outputs, uint16_t *panels) {
  for (size_t j = 0; j < outputs; j += WIDTH)
    for (size_t p = 0; p < inputs; p += 2)
      for (size_t half = 0; half < WIDTH; half += 16, panels += WIDTH) {
        __mmask16 mask = (__mmask16)(j + half < outputs ? first_lanes(outputs - j - half, 16) : 0);
        const float *row = weight + p * outputs + j + half;
        __m512 even = _mm512_maskz_loadu_ps(mask, row);
        __m512 odd = _mm512_maskz_loadu_ps(p + 1 < inputs ? mask : 0, row + outputs);
        __m512i low = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(even));
        __m512i high = _mm512_cvtepu16_epi32((__m256i)_mm512_cvtneps_pbh(odd));
        _mm512_storeu_si512(panels, _mm512_or_si512(low, _mm512_slli_epi32(high, 16)));
      }
}

// Where a strip's results go: `y` for floats, `rounded` for bfloat16 after a ReLU.
typedef struct {
  float *y;
  uint16_t *rounded;
  size_t row_y, columns;
} target;

#define ROW(i) (((i) / 3 == 0 ? a0 : (i) / 3 == 1 ? a1 : (i) / 3 == 2 ? a2 : a3) + ((i) % 3) * row_a)
#define KERNEL(ROWS)                                                                                              \
  TARGET static void strip_##ROWS(size_t pairs, const uint16_t *a, size_t row_a, const uint16_t *panel,           \
                                  const float *bias, const float *coded, size_t row_coded, const int32_t *codes,  \
                                  target out) {                                                                   \
    __m512 sums[2 * ROWS];                                                                                        \
    const uint16_t *a0 = a, *a1 = a + 3 * row_a, *a2 = a + 6 * row_a, *a3 = a + 9 * row_a;                        \
    (void)a1, (void)a2, (void)a3;                                                                                 \
    __m512 bias0 = _mm512_loadu_ps(bias), bias1 = _mm512_loadu_ps(bias + 16);                                     \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                           \
      sums[2 * i] = bias0, sums[2 * i + 1] = bias1;                                                               \
      if (codes && codes[i] >= 0) {                                                                               \
        const float *row = coded + (size_t)codes[i] * row_coded;                                                  \
        sums[2 * i] = _mm512_add_ps(bias0, _mm512_loadu_ps(row));                                                 \
        sums[2 * i + 1] = _mm512_add_ps(bias1, _mm512_loadu_ps(row + 16));                                        \
      }                                                                                                           \
    }                                                                                                             \
    for (size_t p = 0; p < pairs; p++) {                                                                          \
      __m512bh b0 = (__m512bh)_mm512_loadu_si512(panel), b1 = (__m512bh)_mm512_loadu_si512(panel + WIDTH);        \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                         \
        __m512bh v = (__m512bh)_mm512_set1_epi32(*(const pair *)ROW(i));                                          \
        sums[2 * i] = _mm512_dpbf16_ps(sums[2 * i], v, b0);                                                       \
        sums[2 * i + 1] = _mm512_dpbf16_ps(sums[2 * i + 1], v, b1);                                               \
      }                                                                                                           \
      a0 += 2, a1 += 2, a2 += 2, a3 += 2;                                                                         \
      panel += 2 * WIDTH;                                                                                         \
    }                                                                                                             \
    uint32_t mask = first_lanes(out.columns, WIDTH);                                                              \
    if (out.rounded) {                                                                                            \
      __m512 zero = _mm512_setzero_ps();                                                                          \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                         \
        __m512 low = _mm512_max_ps(zero, sums[2 * i]), high = _mm512_max_ps(zero, sums[2 * i + 1]);               \
        _mm512_mask_storeu_epi16(out.rounded + i * out.row_y, mask, (__m512i)_mm512_cvtne2ps_pbh(high, low));     \
      }                                                                                                           \
      return;                                                                                                     \
    }                                                                                                             \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                           \
      _mm512_mask_storeu_ps(out.y + i * out.row_y, (__mmask16)mask, sums[2 * i]);                                 \
      _mm512_mask_storeu_ps(out.y + i * out.row_y + 16, (__mmask16)(mask >> 16), sums[2 * i + 1]);                \
    }                                                                                                             \
  }
KERNEL(1) KERNEL(2) KERNEL(3) KERNEL(4) KERNEL(5) KERNEL(6) KERNEL(7) KERNEL(8) KERNEL(9) KERNEL(10) KERNEL(11)
KERNEL(12)

typedef void (*strip)(size_t, const uint16_t *, size_t, const uint16_t *, const float *, const float *, size_t,
                      const int32_t *, target);
static const strip strips[HEIGHT + 1] = {0,       strip_1, strip_2, strip_3,  strip_4,  strip_5, strip_6,
                                         strip_7, strip_8, strip_9, strip_10, strip_11, strip_12};

static void layer(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a, const int32_t *codes,
                  target out) {
  if (rows == 0) return;
  size_t pairs = (w->inputs + 1) / 2, row_coded = (w->outputs + WIDTH - 1) / WIDTH * WIDTH;
  size_t count = (rows + HEIGHT - 1) / HEIGHT;
  for (size_t j = 0; j < w->outputs; j += WIDTH) {
    for (size_t s = 0, i = 0; s < count; s++) {
      size_t height = rows / count + (s < rows % count);
      target place = {out.y ? out.y + i * out.row_y + j : 0, out.rounded ? out.rounded + i * out.row_y + j : 0,
                      out.row_y, w->outputs - j};
      strips[height](pairs, a + i * row_a, row_a, w->panels + j * 2 * pairs, w->bias + j, w->coded + j, row_coded,
                     codes ? codes + i : 0, place);
      i += height;
    }
  }
}

void mynah_bfloat16_layer(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a,
                          const int32_t *codes, float *y, size_t row_y) {
  layer(w, rows, a, row_a, codes, (target){y, 0, row_y, 0});
}

void mynah_bfloat16_layer_relu(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a,
                               const int32_t *codes, uint16_t *y, size_t row_y) {
  layer(w, rows, a, row_a, codes, (target){0, y, row_y, 0});
}

#else

int mynah_has_bfloat16(void) { return 0; }

void mynah_bfloat16_round(const float *x, size_t rows, size_t columns, uint16_t *y, size_t row_y) {
  (void)x, (void)rows, (void)columns, (void)y, (void)row_y;
}

void mynah_bfloat16_pack(const float *weight, size_t inputs, size_t outputs, uint16_t *panels) {
  (void)weight, (void)inputs, (void)outputs, (void)panels;
}

void mynah_bfloat16_layer(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a,
                          const int32_t *codes, float *y, size_t row_y) {
  (void)w, (void)rows, (void)a, (void)row_a, (void)codes, (void)y, (void)row_y;
}

void mynah_bfloat16_layer_relu(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a,
                               const int32_t *codes, uint16_t *y, size_t row_y) {
  (void)w, (void)rows, (void)a, (void)row_a, (void)codes, (void)y, (void)row_y;
}

#endif
