// Buffers of a training step have the same few sizes every step: a free list per size class makes allocation a few
// nanoseconds and keeps the pages warm. Four classes per power of two waste at most a fifth.
#include "include/mynah_storage.h"
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

enum { CLASSES = 4 * 48, SMALLEST = 64 };
static const size_t KEEP = (size_t)64 << 20;  // free lists hold at most this much; the rest goes back to the system

struct block { struct block *next; };
static struct {
  pthread_mutex_t lock;
  struct block *free[CLASSES];
  size_t pooled, live;
} pool = {PTHREAD_MUTEX_INITIALIZER, {0}, 0, 0};

static size_t class_of(size_t bytes, size_t *rounded) {
  if (bytes <= SMALLEST) { *rounded = SMALLEST; return 0; }
  int top = 63 - __builtin_clzll(bytes - 1);
  size_t quarter = ((size_t)1 << top) / 4;
  size_t steps = (bytes - ((size_t)1 << top) + quarter - 1) / quarter;
  *rounded = (((size_t)1 << top) + steps * quarter + 63) & ~(size_t)63;
  return (size_t)(top - 6) * 4 + steps;
}

void *mynah_allocate(size_t bytes) {
  size_t rounded;
  if (bytes > (size_t)1 << 46) return NULL;
  size_t class = class_of(bytes, &rounded);
  pthread_mutex_lock(&pool.lock);
  struct block *block = class < CLASSES ? pool.free[class] : NULL;
  if (block) {
    pool.free[class] = block->next;
    pool.pooled -= rounded;
  }
  pool.live += rounded;
  pthread_mutex_unlock(&pool.lock);
  if (block) return block;
  void *fresh = NULL;
  if (posix_memalign(&fresh, 64, rounded) == 0) return fresh;
  pthread_mutex_lock(&pool.lock);
  pool.live -= rounded;
  pthread_mutex_unlock(&pool.lock);
  return NULL;
}

void mynah_deallocate(void *pointer, size_t bytes) {
  if (!pointer) return;
  size_t rounded, class = class_of(bytes, &rounded);
  pthread_mutex_lock(&pool.lock);
  pool.live -= rounded;
  int keep = class < CLASSES && pool.pooled + rounded <= KEEP;
  if (keep) {
    struct block *block = pointer;
    block->next = pool.free[class];
    pool.free[class] = block;
    pool.pooled += rounded;
  }
  pthread_mutex_unlock(&pool.lock);
  if (!keep) free(pointer);
}

size_t mynah_live_bytes(void) {
  pthread_mutex_lock(&pool.lock);
  size_t bytes = pool.live;
  pthread_mutex_unlock(&pool.lock);
  return bytes;
}
