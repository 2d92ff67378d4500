#include "include/mynah_hnsw.h"

#if defined(__has_include)
#if __has_include(<hnswlib/hnswlib.h>)
#define MYNAH_HNSW 1
#endif
#endif

namespace {
enum : size_t { LANES = 8 };
}

extern "C" size_t mynah_hnsw_width(size_t dimensions) {
  size_t width = (dimensions + LANES - 1) / LANES * LANES;
  return width == 0 ? LANES : width;
}

#ifdef MYNAH_HNSW

#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>
#if defined(__SSE__)
#include <cpuid.h>
#include <x86intrin.h>
#endif

// hnswlib's header defines these two functions in the global namespace.
#define cpuid mynah_hnsw_cpuid
#define xgetbv mynah_hnsw_xgetbv
#include <hnswlib/hnswlib.h>
#undef cpuid
#undef xgetbv

#if defined(__x86_64__) && defined(__linux__)
#define MYNAH_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MYNAH_CLONES
#endif

// Eight sums whatever the instruction set, no operations fused: the same graph on every processor.
#pragma STDC FP_CONTRACT OFF

MYNAH_CLONES static float squared_distance(const void *a, const void *b, const void *width) {
  const float *x = static_cast<const float *>(a), *y = static_cast<const float *>(b);
  size_t count = *static_cast<const size_t *>(width);
  float sums[LANES] = {0};
  for (size_t start = 0; start < count; start += LANES)
    for (size_t lane = 0; lane < LANES; lane++) {
      float difference = x[start + lane] - y[start + lane];
      sums[lane] += difference * difference;
    }
  return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

namespace {

/// hnswlib's own distances choose instructions when they are compiled; this one does when the program is loaded.
class Space : public hnswlib::SpaceInterface<float> {
 public:
  explicit Space(size_t width) : width_(width) {}
  size_t get_data_size() override { return width_ * sizeof(float); }
  hnswlib::DISTFUNC<float> get_dist_func() override { return squared_distance; }
  void *get_dist_func_param() override { return &width_; }

 private:
  size_t width_;
};

}  // namespace

struct mynah_hnsw {
  Space space;
  hnswlib::HierarchicalNSW<float> graph;

  mynah_hnsw(size_t width, size_t count, size_t neighbors, size_t effort, uint64_t seed)
      : space(width), graph(&space, count, neighbors, effort, static_cast<size_t>(seed)) {}
};

extern "C" int mynah_has_hnsw(void) { return 1; }

extern "C" mynah_hnsw *mynah_hnsw_build(const float *points, size_t count, size_t dimensions, size_t neighbors,
                                        size_t effort, uint64_t seed) {
  try {
    size_t width = mynah_hnsw_width(dimensions);
    std::unique_ptr<mynah_hnsw> index(new mynah_hnsw(width, count, neighbors, effort, seed));
    for (size_t i = 0; i < count; i++) index->graph.addPoint(points + i * width, i);
    return index.release();
  } catch (...) {
    return nullptr;
  }
}

extern "C" ptrdiff_t mynah_hnsw_search(const mynah_hnsw *index, const float *query, size_t k, size_t effort,
                                       uint32_t *found) {
  try {
    const auto &graph = index->graph;
    if (graph.cur_element_count == 0 || k == 0) return 0;
    // The descent of hnswlib's searchKnn, without its counters, which all threads would share, and its second queue.
    hnswlib::tableint nearest = graph.enterpoint_node_;
    float distance = squared_distance(query, graph.getDataByInternalId(nearest), graph.dist_func_param_);
    for (int level = graph.maxlevel_; level > 0; level--) {
      for (bool moved = true; moved;) {
        moved = false;
        auto *list = graph.get_linklist(nearest, level);
        size_t size = graph.getListCount(list);
        for (size_t i = 1; i <= size; i++) {
          hnswlib::tableint candidate = list[i];
          float other = squared_distance(query, graph.getDataByInternalId(candidate), graph.dist_func_param_);
          if (other < distance) {
            distance = other;
            nearest = candidate;
            moved = true;
          }
        }
      }
    }
    auto best = graph.searchBaseLayerST<false, false>(nearest, query, effort > k ? effort : k);
    while (best.size() > k) best.pop();
    ptrdiff_t count = 0;
    for (; !best.empty(); best.pop()) found[count++] = static_cast<uint32_t>(graph.getExternalLabel(best.top().second));
    return count;
  } catch (...) {
    return -1;
  }
}

extern "C" void mynah_hnsw_free(mynah_hnsw *index) { delete index; }

#else

struct mynah_hnsw {};

extern "C" int mynah_has_hnsw(void) { return 0; }

extern "C" mynah_hnsw *mynah_hnsw_build(const float *, size_t, size_t, size_t, size_t, uint64_t) { return nullptr; }

extern "C" ptrdiff_t mynah_hnsw_search(const mynah_hnsw *, const float *, size_t, size_t, uint32_t *) { return -1; }

extern "C" void mynah_hnsw_free(mynah_hnsw *) {}

#endif
