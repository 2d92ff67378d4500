// The search for the nearest row by mean absolute difference: a first look in single precision.
#include "include/mynah_gower.h"
#include "include/mynah_dispatch.h"

typedef float numbers16 __attribute__((ext_vector_type(16), aligned(4)));
typedef uint8_t bytes64 __attribute__((ext_vector_type(64), aligned(1)));
typedef uint8_t bytes16 __attribute__((ext_vector_type(16), aligned(1)));

enum { LANES = 16, VECTORS = MYNAH_GOWER_BLOCK / LANES };

MYNAH_CLONES size_t mynah_select_gower(const float *numbers, size_t number_count, const uint8_t *levels,
                                       size_t level_count, size_t blocks, const float *number, const uint8_t *level,
                                       float limit, uint32_t *selected) {
  const numbers16 one = 1.0f, bound = limit;
  size_t count = 0;
  for (size_t b = 0; b < blocks; b++) {
    numbers16 sums[VECTORS] = {};
    const float *x = numbers + b * number_count * MYNAH_GOWER_BLOCK;
    for (size_t c = 0; c < number_count; c++, x += MYNAH_GOWER_BLOCK) {
      numbers16 value = number[c];
      for (int v = 0; v < VECTORS; v++) {
        numbers16 d = __builtin_elementwise_abs(*(const numbers16 *)(x + v * LANES) - value);
        sums[v] += d < one ? d : one;
      }
    }
    const uint8_t *codes = levels + b * level_count * MYNAH_GOWER_BLOCK;
    // A byte counts to 255.
    for (size_t first = 0; first < level_count; first += 255) {
      size_t end = level_count - first < 255 ? level_count : first + 255;
      bytes64 differing = {};
      for (size_t c = first; c < end; c++, codes += MYNAH_GOWER_BLOCK)
        differing -= (bytes64)(*(const bytes64 *)codes != (bytes64)level[c]);
      for (int v = 0; v < VECTORS; v++) {
        bytes16 part;
        __builtin_memcpy(&part, (const char *)&differing + v * LANES, LANES);
        sums[v] += __builtin_convertvector(part, numbers16);
      }
    }
    // Nearly no block holds a candidate: one branch for all of it.
    numbers16 least = sums[0];
    for (int v = 1; v < VECTORS; v++) least = sums[v] < least ? sums[v] : least;
    int any = 0;
    for (int l = 0; l < LANES; l++) any |= least[l] <= bound[l];
    if (!any) continue;
    for (int l = 0; l < MYNAH_GOWER_BLOCK; l++)
      if (sums[l / LANES][l % LANES] <= limit) selected[count++] = (uint32_t)(b * MYNAH_GOWER_BLOCK + l);
  }
  return count;
}
