// A persistent pool. Workers spin for a short while after a job, because a training step is hundreds of products a few
// microseconds apart, and sleep on a condition variable after that.
#include "include/mynah_parallel.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#define PAUSE() _mm_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ __volatile__("yield")
#else
#define PAUSE() ((void)0)
#endif

enum { SPINS = 4000, MAX_THREADS = 256 };

#if defined(__x86_64__)
static uint64_t float_control(void) { return _mm_getcsr(); }
static void set_float_control(uint64_t value) { _mm_setcsr((unsigned)value); }
static const uint64_t FLUSH = 0x8040;
#elif defined(__aarch64__)
static uint64_t float_control(void) {
  uint64_t value;
  __asm__ __volatile__("mrs %0, fpcr" : "=r"(value));
  return value;
}
static void set_float_control(uint64_t value) { __asm__ __volatile__("msr fpcr, %0" ::"r"(value)); }
static const uint64_t FLUSH = 1ull << 24;
#else
static uint64_t float_control(void) { return 0; }
static void set_float_control(uint64_t value) { (void)value; }
static const uint64_t FLUSH = 0;
#endif

uint64_t mynah_flush_denormals(void) {
  uint64_t before = float_control();
  set_float_control(before | FLUSH);
  return before;
}

void mynah_restore_denormals(uint64_t before) { set_float_control(before); }

// One job at a time. `ticket` packs the job's generation (high half) and the next index (low half), so that a worker that
// wakes late can never take an index of a job that has ended.
static struct {
  pthread_mutex_t owner;  // held by the thread whose job it is
  pthread_mutex_t sleep;
  pthread_cond_t wake;
  _Atomic uint64_t ticket;
  _Atomic uint32_t remaining;
  _Atomic uint32_t sleepers;
  _Atomic size_t count;
  _Atomic(void (*)(void *, size_t)) body;
  _Atomic(void *) context;
  int workers;            // started so far; guarded by owner
  _Atomic int wanted;     // threads that take part, the caller included; 0 for as many as there are processors
} pool = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, 0, 0, 0, 0, 0, 0};

static _Thread_local int inside;

static int processors(void) {
  static _Atomic int known;  // asked once: the system reads a file to answer
  int count = atomic_load_explicit(&known, memory_order_relaxed);
  if (count == 0) {
    long found = sysconf(_SC_NPROCESSORS_ONLN);
    count = found < 1 ? 1 : found > MAX_THREADS ? MAX_THREADS : (int)found;
    atomic_store_explicit(&known, count, memory_order_relaxed);
  }
  return count;
}

void mynah_set_thread_count(int count) {
  atomic_store(&pool.wanted, count < 1 ? 1 : count > MAX_THREADS ? MAX_THREADS : count);
}

int mynah_thread_count(void) {
  int wanted = atomic_load(&pool.wanted);
  return wanted > 0 ? wanted : processors();
}

static void take_work(uint32_t generation) {
  for (;;) {
    uint64_t ticket = atomic_load_explicit(&pool.ticket, memory_order_acquire);
    if ((uint32_t)(ticket >> 32) != generation) return;
    // Acquire: who sees the next job's count also sees its ticket, so the exchange below fails.
    size_t count = atomic_load_explicit(&pool.count, memory_order_acquire);
    void (*body)(void *, size_t) = atomic_load_explicit(&pool.body, memory_order_relaxed);
    void *context = atomic_load_explicit(&pool.context, memory_order_relaxed);
    uint32_t index = (uint32_t)ticket;
    if (index >= count) return;
    // The fields read above belong to this generation if the exchange succeeds: a new job changes the ticket first.
    if (!atomic_compare_exchange_weak_explicit(&pool.ticket, &ticket, ticket + 1, memory_order_acq_rel,
                                               memory_order_relaxed))
      continue;
    body(context, index);
    atomic_fetch_sub_explicit(&pool.remaining, 1, memory_order_acq_rel);
  }
}

static void *worker(void *argument) {
  int number = (int)(intptr_t)argument;
  uint32_t seen = 0;
  inside = 1;
  mynah_flush_denormals();
  for (;;) {
    uint32_t generation = 0;
    int spins = 0;
    while ((generation = (uint32_t)(atomic_load_explicit(&pool.ticket, memory_order_acquire) >> 32)) == seen) {
      if (++spins < SPINS) {
        PAUSE();
        continue;
      }
      pthread_mutex_lock(&pool.sleep);
      atomic_fetch_add(&pool.sleepers, 1);
      while ((uint32_t)(atomic_load(&pool.ticket) >> 32) == seen) pthread_cond_wait(&pool.wake, &pool.sleep);
      atomic_fetch_sub(&pool.sleepers, 1);
      pthread_mutex_unlock(&pool.sleep);
      spins = 0;
    }
    seen = generation;
    if (number < mynah_thread_count()) take_work(generation);
  }
  return NULL;
}

static void run_together(size_t count, void (*body)(void *, size_t), void *context, int threads) {
  inside = 1;
  while (pool.workers < threads - 1) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, worker, (void *)(intptr_t)(pool.workers + 1)) != 0) break;
    pthread_detach(thread);
    pool.workers++;
  }
  // Close the old generation before its fields change, then publish the new one.
  uint32_t generation = (uint32_t)(atomic_load(&pool.ticket) >> 32) + 1;
  atomic_store(&pool.ticket, ((uint64_t)(generation - 1) << 32) | UINT32_MAX);
  atomic_store_explicit(&pool.body, body, memory_order_relaxed);
  atomic_store_explicit(&pool.context, context, memory_order_relaxed);
  atomic_store_explicit(&pool.count, count, memory_order_release);
  atomic_store_explicit(&pool.remaining, (uint32_t)count, memory_order_relaxed);
  atomic_store(&pool.ticket, (uint64_t)generation << 32);
  if (atomic_load(&pool.sleepers) > 0) {
    pthread_mutex_lock(&pool.sleep);
    pthread_cond_broadcast(&pool.wake);
    pthread_mutex_unlock(&pool.sleep);
  }
  take_work(generation);
  while (atomic_load_explicit(&pool.remaining, memory_order_acquire) != 0) PAUSE();
  inside = 0;
}

void mynah_parallel(size_t count, void (*body)(void *, size_t), void *context) {
  // The caller computes as the pool's threads do, or a result near zero would depend on who computed it.
  uint64_t control = float_control();
  if (!(control & FLUSH)) set_float_control(control | FLUSH);
  int threads = mynah_thread_count();
  if (count < 2 || count > UINT32_MAX - 1 || threads < 2 || inside || pthread_mutex_trylock(&pool.owner) != 0) {
    for (size_t i = 0; i < count; i++) body(context, i);
  } else {
    run_together(count, body, context, threads);
    pthread_mutex_unlock(&pool.owner);
  }
  if (!(control & FLUSH)) set_float_control(control);
}
