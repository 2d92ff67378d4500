#ifndef MYNAH_DISPATCH_H
#define MYNAH_DISPATCH_H

/// A function with this attribute is compiled once per instruction set, and the loader picks the best one at start.
/// No unsafe compiler flags are needed, so packages that import this one build as usual.
#if defined(__x86_64__) && defined(__linux__)
#define MYNAH_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MYNAH_CLONES
#endif

/// Whether the processor has the AVX-512 sets of x86-64-v4.
int mynah_supports_avx512(void);

#define MYNAH_INLINE static inline __attribute__((always_inline))

#endif
