#ifndef MYNAH_HNSW_H
#define MYNAH_HNSW_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether the program was built with hnswlib (Debian's libhnswlib-dev).
int mynah_has_hnsw(void);

#ifdef __cplusplus
}
#endif
#endif
