#include "include/mynah_recording.h"
#include <stdatomic.h>

static _Thread_local int pauses;
static _Atomic uint64_t sequence;

int mynah_recording_pauses(int change) { return pauses += change; }
uint64_t mynah_next_sequence(void) { return atomic_fetch_add_explicit(&sequence, 1, memory_order_relaxed) + 1; }
