#ifndef MYNAH_GOWER_H
#define MYNAH_GOWER_H
#include <stddef.h>
#include <stdint.h>

/// Rows that are measured together; planes are laid out in blocks of so many.
enum { MYNAH_GOWER_BLOCK = 64 };

/// The sum over columns of min(|difference|, 1) for numbers and of 0 or 1 for levels, for the rows of `blocks` blocks
/// against one query. numbers is [block][number_count][64], levels [block][level_count][64]; values are never NaN.
/// Writes the places (counted from the first block) whose sum is at most limit, ascending, and returns how many they are.
/// Room for 64 * blocks is needed.
size_t mynah_select_gower(const float *numbers, size_t number_count, const uint8_t *levels, size_t level_count,
                          size_t blocks, const float *number, const uint8_t *level, float limit, uint32_t *selected);
#endif
