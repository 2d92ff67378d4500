#ifndef MYNAH_RANDOM_H
#define MYNAH_RANDOM_H
#include <stddef.h>
#include <stdint.h>

/// Philox4x32-10 (Salmon et al. 2011): the block of four words for a 128-bit counter and a 64-bit key.
void mynah_philox(uint64_t key, uint64_t counterLow, uint64_t counterHigh, uint32_t out[4]);

/// Value i of a fill comes from word i % 4 of block (first + i / 4), whatever the number of calls or threads:
/// `first` is the index of a block.
void mynah_fill_bits(uint64_t key, uint64_t first, uint32_t *out, size_t count);
/// Uniform on the open interval (0, 1): (w / 512 + 1/2) / 2^23.
void mynah_fill_uniform(uint64_t key, uint64_t first, float *out, size_t count);
/// Standard normal by Box and Muller on the pairs (0, 1) and (2, 3) of each block.
void mynah_fill_normal(uint64_t key, uint64_t first, float *out, size_t count);
/// Standard Gumbel, -log(-log u).
void mynah_fill_gumbel(uint64_t key, uint64_t first, float *out, size_t count);
/// `scale` with probability `keep`, else 0 (dropout).
void mynah_fill_mask(uint64_t key, uint64_t first, float keep, float scale, float *out, size_t count);
#endif
