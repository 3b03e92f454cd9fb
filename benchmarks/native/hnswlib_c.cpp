// A C interface over hnswlib: what the bench needs, no more.
#include <hnswlib/hnswlib.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {
struct Index {
    std::unique_ptr<hnswlib::SpaceInterface<float>> space;
    std::unique_ptr<hnswlib::HierarchicalNSW<float>> graph;
    size_t dimension;
};
}  // namespace

EXPORT const char* bench_hnsw_version() { return HNSWLIB_VERSION; }

EXPORT const char* bench_hnsw_simd() {
#if defined(__AVX512F__)
    return "avx512";
#elif defined(__AVX2__)
    return "avx2";
#else
    return "sse";
#endif
}

// Metric 0: inner product, 1: squared Euclidean distance. Null on failure.
EXPORT void* bench_hnsw_build(int metric, const float* vectors, size_t count, size_t dimension, size_t m, size_t ef_construction, int threads) {
    try {
        auto index = std::make_unique<Index>();
        index->dimension = dimension;
        if (metric == 0)
            index->space = std::make_unique<hnswlib::InnerProductSpace>(dimension);
        else
            index->space = std::make_unique<hnswlib::L2Space>(dimension);
        index->graph = std::make_unique<hnswlib::HierarchicalNSW<float>>(index->space.get(), count, m, ef_construction);
        if (count > 0) index->graph->addPoint(vectors, 0);
        std::atomic<size_t> next{1};
        std::atomic<bool> failed{false};
        auto work = [&] {
            try {
                for (size_t i = next++; i < count && !failed; i = next++) index->graph->addPoint(vectors + i * dimension, i);
            } catch (...) {
                failed = true;
            }
        };
        std::vector<std::thread> workers;
        for (int t = 0; t < threads; t++) workers.emplace_back(work);
        for (auto& worker : workers) worker.join();
        return failed ? nullptr : index.release();
    } catch (...) {
        return nullptr;
    }
}

EXPORT void bench_hnsw_set_ef(void* index, size_t ef) { static_cast<Index*>(index)->graph->setEf(ef); }

// Writes labels, best first; returns how many, -1 on failure.
EXPORT int bench_hnsw_search(void* index, const float* query, int k, int* labels) {
    try {
        auto best = static_cast<Index*>(index)->graph->searchKnn(query, k);
        int found = static_cast<int>(best.size());
        for (int i = found - 1; i >= 0; i--, best.pop()) labels[i] = static_cast<int>(best.top().second);
        return found;
    } catch (...) {
        return -1;
    }
}

// Vectors, links of all levels and labels.
EXPORT size_t bench_hnsw_bytes(void* index) {
    auto& graph = *static_cast<Index*>(index)->graph;
    size_t count = graph.cur_element_count, bytes = count * (graph.size_data_per_element_ + sizeof(void*));
    for (size_t i = 0; i < count; i++) bytes += graph.element_levels_[i] * graph.size_links_per_element_;
    return bytes;
}

EXPORT void bench_hnsw_free(void* index) { delete static_cast<Index*>(index); }
