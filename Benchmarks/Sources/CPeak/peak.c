#include "peak.h"

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// Twelve accumulators of 16 numbers: a fused multiply-add takes four cycles and two can start in one, so eight
// independent chains keep both units busy; more would not fit into 16 registers where a vector holds 8 numbers.
typedef float Vector __attribute__((vector_size(64)));
enum { CHAINS = 12, LANES = 16 };

CLONES double mynah_peak_flops(long rounds, float *sink) {
    Vector a[CHAINS];
    Vector scale, shift;
    for (int lane = 0; lane < LANES; lane++) {
        scale[lane] = 0.999f;
        shift[lane] = 0.001f + *sink;
        for (int chain = 0; chain < CHAINS; chain++) a[chain][lane] = (float)(chain + lane) * 0.01f;
    }
    for (long round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
        for (int chain = 0; chain < CHAINS; chain++) a[chain] = a[chain] * scale + shift;
    }
    float sum = 0;
    for (int chain = 0; chain < CHAINS; chain++)
        for (int lane = 0; lane < LANES; lane++) sum += a[chain][lane];
    *sink = sum * 1e-30f;
    return 2.0 * CHAINS * LANES * (double)rounds;
}

void mynah_keep(const void *value) { __asm__ volatile("" : : "r"(value) : "memory"); }
