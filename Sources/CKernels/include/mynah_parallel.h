#ifndef MYNAH_PARALLEL_H
#define MYNAH_PARALLEL_H
#include <stddef.h>
#include <stdint.h>

/// Runs body(context, 0) ... body(context, count - 1) on a persistent pool, the caller included, and returns when
/// all are done. Which thread runs which index is not fixed: bodies must write to disjoint places. A call from
/// inside a body, or while another thread is using the pool, runs on the caller alone. While it runs, the caller flushes
/// denormals as the pool's threads do.
void mynah_parallel(size_t count, void (*body)(void *context, size_t index), void *context);

/// Threads that take part, the caller included. Results never depend on it.
void mynah_set_thread_count(int count);
int mynah_thread_count(void);

/// Flushes denormal floats to zero in the calling thread (FTZ and DAZ on x86, FZ on arm64), and what undoes it, given
/// what it returned.
uint64_t mynah_flush_denormals(void);
void mynah_restore_denormals(uint64_t before);

#endif
