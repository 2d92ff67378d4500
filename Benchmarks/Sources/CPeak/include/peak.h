#ifndef MYNAH_BENCHMARKS_PEAK_H
#define MYNAH_BENCHMARKS_PEAK_H

/// Runs `rounds` rounds of independent fused multiply-adds that never leave the registers.
/// Returns how many floating-point operations they were; `sink` keeps the compiler from dropping them.
double mynah_peak_flops(long rounds, float *sink);

/// Does nothing with what `value` points at, which a caller's compiler cannot know.
void mynah_keep(const void *value);

#endif
