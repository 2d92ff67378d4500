#include "include/mynah_reductions.h"
#include "include/mynah_dispatch.h"
#include <string.h>

enum { LANES = 16, TILE = 16 };

#define SUM(TYPE, SUFFIX)                                                                                            \
  MYNAH_CLONES void mynah_sum_##SUFFIX(const TYPE *x, TYPE *restrict y, size_t outer, size_t reduced, size_t inner,  \
                                       size_t stride) {                                                              \
    if (stride == 1 && inner == 1) {                                                                                 \
      for (size_t o = 0; o < outer; o++) {                                                                           \
        const TYPE *row = x + o * reduced;                                                                           \
        double lanes[LANES] = {0};                                                                                   \
        size_t r = 0;                                                                                                \
        for (; r + LANES <= reduced; r += LANES)                                                                     \
          for (int l = 0; l < LANES; l++) lanes[l] += (double)row[r + (size_t)l];                                    \
        for (int step = LANES / 2; step > 0; step /= 2)                                                              \
          for (int l = 0; l < step; l++) lanes[l] += lanes[l + step];                                                \
        double total = lanes[0];                                                                                     \
        for (; r < reduced; r++) total += (double)row[r];                                                            \
        y[o] = (TYPE)total;                                                                                          \
      }                                                                                                              \
      return;                                                                                                        \
    }                                                                                                                \
    for (size_t o = 0; o < outer; o++) {                                                                             \
      TYPE *out = y + o * inner;                                                                                     \
      memset(out, 0, inner * sizeof(TYPE));                                                                          \
      for (size_t r = 0; r < reduced; r++) {                                                                         \
        const TYPE *row = x + (o * reduced + r) * stride;                                                            \
        for (size_t i = 0; i < inner; i++) out[i] += row[i];                                                         \
      }                                                                                                              \
    }                                                                                                                \
  }                                                                                                                  \
  MYNAH_CLONES double mynah_total_##SUFFIX(const TYPE *x, size_t count) {                                            \
    double lanes[LANES] = {0};                                                                                       \
    size_t i = 0;                                                                                                    \
    for (; i + LANES <= count; i += LANES)                                                                           \
      for (int l = 0; l < LANES; l++) lanes[l] += (double)x[i + (size_t)l];                                          \
    for (int step = LANES / 2; step > 0; step /= 2)                                                                  \
      for (int l = 0; l < step; l++) lanes[l] += lanes[l + step];                                                    \
    double total = lanes[0];                                                                                         \
    for (; i < count; i++) total += (double)x[i];                                                                    \
    return total;                                                                                                    \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_transpose_##SUFFIX(const TYPE *x, TYPE *restrict y, size_t rows, size_t columns) {         \
    for (size_t r = 0; r < rows; r += TILE)                                                                          \
      for (size_t c = 0; c < columns; c += TILE) {                                                                   \
        size_t re = r + TILE < rows ? r + TILE : rows, ce = c + TILE < columns ? c + TILE : columns;                 \
        for (size_t i = r; i < re; i++)                                                                              \
          for (size_t j = c; j < ce; j++) y[j * rows + i] = x[i * columns + j];                                      \
      }                                                                                                              \
  }                                                                                                                  \
  void mynah_gather_rows_##SUFFIX(const TYPE *x, const int *rows, size_t count, size_t width, TYPE *y) {             \
    for (size_t i = 0; i < count; i++) {                                                                             \
      if (rows[i] < 0)                                                                                               \
        memset(y + i * width, 0, width * sizeof(TYPE));                                                              \
      else                                                                                                           \
        memcpy(y + i * width, x + (size_t)rows[i] * width, width * sizeof(TYPE));                                    \
    }                                                                                                                \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_scatter_coded_rows_##SUFFIX(const TYPE *x, const int *codes, size_t rows,                  \
                                                      size_t codes_per_row, size_t width, size_t from, size_t to,    \
                                                      TYPE *restrict y) {                                            \
    for (size_t i = 0; i < rows; i++)                                                                                \
      for (size_t c = 0; c < codes_per_row; c++) {                                                                   \
        int code = codes[i * codes_per_row + c];                                                                     \
        if (code < 0) continue;                                                                                      \
        TYPE *out = y + (size_t)code * width;                                                                        \
        const TYPE *row = x + i * width;                                                                             \
        for (size_t j = from; j < to; j++) out[j] += row[j];                                                         \
      }                                                                                                              \
  }                                                                                                                  \
  MYNAH_CLONES void mynah_add_coded_rows_##SUFFIX(const TYPE *x, const int *codes, size_t rows,                      \
                                                  size_t codes_per_row, size_t width, TYPE *restrict y) {            \
    for (size_t i = 0; i < rows; i++)                                                                                \
      for (size_t c = 0; c < codes_per_row; c++) {                                                                   \
        int code = codes[i * codes_per_row + c];                                                                     \
        if (code < 0) continue;                                                                                      \
        const TYPE *row = x + (size_t)code * width;                                                                  \
        TYPE *out = y + i * width;                                                                                   \
        for (size_t j = 0; j < width; j++) out[j] += row[j];                                                         \
      }                                                                                                              \
  }
SUM(float, f32)
SUM(double, f64)

MYNAH_CLONES double mynah_sum_of_squares_f32(const float *x, size_t count) {
  double lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += (double)x[i + (size_t)l] * (double)x[i + (size_t)l];
  double total = 0;
  for (int l = 0; l < LANES; l++) total += lanes[l];
  for (; i < count; i++) total += (double)x[i] * (double)x[i];
  return total;
}
