// Single-precision products for AVX-512, in the manner of Goto and van de Geijn (2008): a panel of B, 32 columns wide and
// at most DEPTH deep, is packed to stay in the first-level cache; a kernel that keeps 12 x 32 sums in registers runs down
// the rows of A, which are read where they are.
//
// It is here because training multiplies many middling matrices (hundreds of rows, tens to hundreds of columns), and
// because it does not depend on which kernels a BLAS picks for a processor it may not know.
#include "include/mynah_matmul.h"
#include "include/mynah_dispatch.h"
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)

enum { WIDTH = 32, HEIGHT = 12, DEPTH = 256 };
#define TARGET __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma")))

typedef float lanes __attribute__((vector_size(64)));
typedef float loose_lanes __attribute__((vector_size(64), aligned(4)));

int mynah_has_matmul(void) { return mynah_supports_avx512(); }

#define LOAD(p) (*(const loose_lanes *)(p))
#define STORE(p, v) (*(loose_lanes *)(p) = (v))

// Writes or adds `rows` x `columns` of sums, where the panel is narrower than WIDTH.
TARGET static void store_edge(const lanes *sums, int rows, size_t columns, float *c, size_t ldc, int accumulating) {
  for (int i = 0; i < rows; i++) {
    float row[WIDTH];
    memcpy(row, &sums[2 * i], sizeof row);
    for (size_t j = 0; j < columns; j++) c[(size_t)i * ldc + j] = accumulating ? c[(size_t)i * ldc + j] + row[j] : row[j];
  }
}

// c (rows x columns) (+)= a (rows x depth) times the packed panel. Rows of A are reached from every third one, which
// x86 addressing does without a register for each.
#define ROW(i) (((i) / 3 == 0 ? a0 : (i) / 3 == 1 ? a1 : (i) / 3 == 2 ? a2 : a3)[((i) % 3) * row_a])
#define KERNEL(ROWS)                                                                                            \
  TARGET static void kernel_##ROWS(size_t depth, const float *a, size_t row_a, size_t column_a,                 \
                                   const float *panel, float *c, size_t ldc, size_t columns, int accumulating) { \
    lanes sums[2 * ROWS];                                                                                       \
    const float *a0 = a, *a1 = a + 3 * row_a, *a2 = a + 6 * row_a, *a3 = a + 9 * row_a;                         \
    (void)a1, (void)a2, (void)a3;                                                                               \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 2 * ROWS; i++) sums[i] = (lanes){0};                 \
    for (size_t p = 0; p < depth; p++) {                                                                        \
      lanes b0 = *(const lanes *)panel, b1 = *(const lanes *)(panel + 16);                                      \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                       \
        float s = ROW(i);                                                                                       \
        lanes v = (lanes){s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s};                                      \
        sums[2 * i] += v * b0;                                                                                  \
        sums[2 * i + 1] += v * b1;                                                                              \
      }                                                                                                         \
      a0 += column_a, a1 += column_a, a2 += column_a, a3 += column_a;                                           \
      panel += WIDTH;                                                                                           \
    }                                                                                                           \
    if (columns < WIDTH) {                                                                                      \
      store_edge(sums, ROWS, columns, c, ldc, accumulating);                                                    \
      return;                                                                                                   \
    }                                                                                                           \
    _Pragma("clang loop unroll(full)") for (int i = 0; i < ROWS; i++) {                                         \
      float *out = c + (size_t)i * ldc;                                                                         \
      STORE(out, accumulating ? LOAD(out) + sums[2 * i] : sums[2 * i]);                                         \
      STORE(out + 16, accumulating ? LOAD(out + 16) + sums[2 * i + 1] : sums[2 * i + 1]);                       \
    }                                                                                                           \
  }
KERNEL(1) KERNEL(2) KERNEL(3) KERNEL(4) KERNEL(5) KERNEL(6) KERNEL(7) KERNEL(8) KERNEL(9) KERNEL(10) KERNEL(11)
KERNEL(12)

typedef void (*kernel)(size_t, const float *, size_t, size_t, const float *, float *, size_t, size_t, int);
static const kernel kernels[HEIGHT + 1] = {0,        kernel_1, kernel_2, kernel_3,  kernel_4,  kernel_5, kernel_6,
                                           kernel_7, kernel_8, kernel_9, kernel_10, kernel_11, kernel_12};

// Two registers exchange the blocks of `step` lanes that a transpose puts elsewhere.
#define LOW(l, step) ((l) & (step) ? 16 + (l) - (step) : (l))
#define HIGH(l, step) ((l) & (step) ? 16 + (l) : (l) + (step))
#define SIXTEEN(F, s)                                                                                             \
  F(0, s), F(1, s), F(2, s), F(3, s), F(4, s), F(5, s), F(6, s), F(7, s), F(8, s), F(9, s), F(10, s), F(11, s),   \
      F(12, s), F(13, s), F(14, s), F(15, s)
#define EXCHANGE(step)                                                                       \
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) if (!(i & (step))) {       \
    lanes x = r[i], y = r[i + (step)];                                                       \
    r[i] = __builtin_shufflevector(x, y, SIXTEEN(LOW, step));                                \
    r[i + (step)] = __builtin_shufflevector(x, y, SIXTEEN(HIGH, step));                      \
  }

// Sixteen runs of sixteen numbers, `stride` apart, become sixteen rows of a panel.
TARGET static void transpose(const float *from, size_t stride, float *panel) {
  lanes r[16];
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) r[i] = LOAD(from + (size_t)i * stride);
  EXCHANGE(8)
  EXCHANGE(4)
  EXCHANGE(2)
  EXCHANGE(1)
  _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) STORE(panel + (size_t)i * WIDTH, r[i]);
}

// panel[p * WIDTH + j] = b(p, j), with zeros beyond `columns`.
TARGET static void pack(const float *b, size_t row_b, size_t column_b, size_t depth, size_t columns, float *panel) {
  if (columns < WIDTH) memset(panel, 0, depth * WIDTH * sizeof(float));
  if (column_b == 1) {
    if (columns == WIDTH)
      for (size_t p = 0; p < depth; p++) {
        *(lanes *)(panel + p * WIDTH) = LOAD(b + p * row_b);
        *(lanes *)(panel + p * WIDTH + 16) = LOAD(b + p * row_b + 16);
      }
    else
      for (size_t p = 0; p < depth; p++)
        for (size_t j = 0; j < columns; j++) panel[p * WIDTH + j] = b[p * row_b + j];
    return;
  }
  size_t p = 0, whole = columns / 16 * 16;
  for (; p + 16 <= depth; p += 16) {
    for (size_t j = 0; j < whole; j += 16) transpose(b + p + j * column_b, column_b, panel + p * WIDTH + j);
    for (size_t j = whole; j < columns; j++)
      for (size_t q = p; q < p + 16; q++) panel[q * WIDTH + j] = b[q + j * column_b];
  }
  for (; p < depth; p++)
    for (size_t j = 0; j < columns; j++) panel[p * WIDTH + j] = b[p + j * column_b];
}

// One column: a dot product per row of A, or a sum of A's columns where those lie together. B's column is packed.
TARGET static void one_column(size_t m, size_t k, const float *a, size_t row_a, size_t column_a, const float *b,
                              size_t row_b, float *c, size_t ldc, int accumulating) {
  if (!accumulating)
    for (size_t i = 0; i < m; i++) c[i * ldc] = 0;
  for (size_t from = 0; from < k; from += DEPTH) {
    size_t depth = k - from < DEPTH ? k - from : DEPTH;
    _Alignas(64) float column[DEPTH] = {0};
    for (size_t p = 0; p < depth; p++) column[p] = b[(from + p) * row_b];
    for (size_t i = 0; i < m; i++) {
      const float *row = a + i * row_a + from * column_a;
      float total = 0;
      size_t p = 0;
      if (column_a == 1) {
        lanes sums = {0};
        for (; p + 16 <= depth; p += 16) sums += LOAD(row + p) * *(const lanes *)(column + p);
        for (int l = 0; l < 16; l++) total += sums[l];
      }
      for (; p < depth; p++) total += row[p * column_a] * column[p];
      c[i * ldc] += total;
    }
  }
}

void mynah_matmul_f32(size_t m, size_t n, size_t k, const float *a, size_t row_a, size_t column_a, const float *b,
                      size_t row_b, size_t column_b, float *c, size_t ldc, int accumulating) {
  if (m == 0) return;
  if (n == 1) {
    one_column(m, k, a, row_a, column_a, b, row_b, c, ldc, accumulating);
    return;
  }
  _Alignas(64) float panel[DEPTH * WIDTH];
  size_t strips = (m + HEIGHT - 1) / HEIGHT;
  for (size_t from = 0; from < k || from == 0; from += DEPTH) {
    size_t depth = k - from < DEPTH ? k - from : DEPTH;
    int adding = accumulating || from > 0;
    for (size_t j = 0; j < n; j += WIDTH) {
      size_t columns = n - j < WIDTH ? n - j : WIDTH;
      pack(b + from * row_b + j * column_b, row_b, column_b, depth, columns, panel);
      // Strips of nearly equal height: 50 rows are five strips of 10, not four of 12 and one of 2.
      for (size_t s = 0, i = 0; s < strips; s++) {
        size_t height = m / strips + (s < m % strips);
        kernels[height](depth, a + i * row_a + from * column_a, row_a, column_a, panel, c + i * ldc + j, ldc, columns,
                        adding);
        i += height;
      }
    }
    if (k == 0) return;
  }
}

#else

int mynah_has_matmul(void) { return 0; }

void mynah_matmul_f32(size_t m, size_t n, size_t k, const float *a, size_t row_a, size_t column_a, const float *b,
                      size_t row_b, size_t column_b, float *c, size_t ldc, int accumulating) {
  (void)m, (void)n, (void)k, (void)a, (void)row_a, (void)column_a, (void)b, (void)row_b, (void)column_b, (void)c,
      (void)ldc, (void)accumulating;
}

#endif
