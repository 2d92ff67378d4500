#ifndef MYNAH_RECORDING_H
#define MYNAH_RECORDING_H
#include <stdint.h>

/// How many withoutRecording calls the calling thread is inside; changes it by `change` first.
int mynah_recording_pauses(int change);
/// 1, 2, 3, …: the order in which graph nodes were made, over all threads.
uint64_t mynah_next_sequence(void);
#endif
