#ifndef MYNAH_STORAGE_H
#define MYNAH_STORAGE_H
#include <stddef.h>

/// 64-byte aligned memory from free lists by size class; null when there is none. Contents are undefined.
void *mynah_allocate(size_t bytes);
/// Gives memory back, with the size that was asked for.
void mynah_deallocate(void *pointer, size_t bytes);
/// Bytes handed out.
size_t mynah_live_bytes(void);
#endif
