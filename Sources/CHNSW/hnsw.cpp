#include "include/mynah_hnsw.h"

#if defined(__has_include)
#if __has_include(<hnswlib/hnswlib.h>)
#define MYNAH_HNSW 1
#endif
#endif

extern "C" int mynah_has_hnsw(void) {
#ifdef MYNAH_HNSW
  return 1;
#else
  return 0;
#endif
}
