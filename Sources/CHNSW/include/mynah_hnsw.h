#ifndef MYNAH_HNSW_H
#define MYNAH_HNSW_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A hierarchical navigable small-world graph over points of single precision (Malkov and Yashunin, 2018).
typedef struct mynah_hnsw mynah_hnsw;

/// Whether the program was built with hnswlib (Debian's libhnswlib-dev). Without it, no graph is ever made.
int mynah_has_hnsw(void);

/// Floats of a point in memory: dimensions, rounded up. What lies beyond the dimensions has to be zero.
size_t mynah_hnsw_width(size_t dimensions);

/// The graph of `count` points (row-major, each of mynah_hnsw_width floats), inserted in order by the calling thread;
/// null where memory does not suffice or hnswlib is absent. `neighbors` links a point (hnswlib's M), `effort` candidates
/// while building (efConstruction).
mynah_hnsw *mynah_hnsw_build(const float *points, size_t count, size_t dimensions, size_t neighbors, size_t effort,
                             uint64_t seed);

/// Writes up to k points near to `query`, in no order, and returns how many; −1 where memory does not suffice. Threads
/// may search at the same time. `effort` candidates (efSearch) are kept, at least k.
ptrdiff_t mynah_hnsw_search(const mynah_hnsw *graph, const float *query, size_t k, size_t effort, uint32_t *found);

void mynah_hnsw_free(mynah_hnsw *graph);

#ifdef __cplusplus
}
#endif
#endif
