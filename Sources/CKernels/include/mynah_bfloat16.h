#ifndef MYNAH_BFLOAT16_H
#define MYNAH_BFLOAT16_H
#include <stddef.h>
#include <stdint.h>

/// A layer's weights for `mynah_bfloat16_layer`, made by `mynah_bfloat16_pack`. Columns are cut into panels of
/// `MYNAH_PANEL_WIDTH`, the last one filled up with zeros.
enum { MYNAH_PANEL_WIDTH = 32 };

typedef struct {
  /// Rows and columns of the weight.
  size_t inputs, outputs;
  /// Panel after panel, pairs of rows within one: 2 * ceil(inputs / 2) * columns numbers.
  const uint16_t *panels;
  /// A number for each column.
  const float *bias;
  /// Rows that codes choose, each as long as `bias`.
  const float *coded;
} mynah_bfloat16_weights;

/// Whether the processor multiplies bfloat16; the functions below need it.
int mynah_has_bfloat16(void);

/// Rounds to nearest, ties to even.
void mynah_bfloat16_round(const float *x, size_t rows, size_t columns, uint16_t *y, size_t row_y);

/// Rounds and rearranges a weight of inputs x outputs.
void mynah_bfloat16_pack(const float *weight, size_t inputs, size_t outputs, uint16_t *panels);

/// bias + the coded row + a W, summed in float32, of `rows` rows. A code below zero stands for no row; `codes` may be
/// null. Rows of `a` begin `row_a` numbers apart and have a zero after the last input where the inputs are odd.
void mynah_bfloat16_layer(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a,
                          const int32_t *codes, float *y, size_t row_y);

/// max(0, the same), rounded.
void mynah_bfloat16_layer_relu(const mynah_bfloat16_weights *w, size_t rows, const uint16_t *a, size_t row_a,
                               const int32_t *codes, uint16_t *y, size_t row_y);
#endif
