// The functions of FAISS's C API that LineRec.Retrieval.Faiss calls, under their official names and signatures, so that
// any libfaiss_c built from FAISS itself works in this one's place. See FAISS's c_api folder for what they do.
// Declarations come from FAISS's headers where those have them; the others were added to the C API after FAISS 1.7.3
// and are declared here as FAISS 1.15 declares them.
#pragma GCC visibility push(default)
#include <faiss/c_api/AutoTune_c.h>
#include <faiss/c_api/IndexFlat_c.h>
#include <faiss/c_api/IndexIVF_c.h>
#include <faiss/c_api/Index_c.h>
#include <faiss/c_api/MetaIndexes_c.h>
#include <faiss/c_api/error_c.h>
#include <faiss/c_api/impl/AuxIndexStructures_c.h>
#include <faiss/c_api/index_factory_c.h>
#include <faiss/c_api/index_io_c.h>

typedef struct FaissSearchParameters_H FaissSearchParameters;
typedef struct FaissSearchParameters_H FaissSearchParametersIVF;
typedef struct FaissSearchParameters_H FaissSearchParametersHNSW;
typedef struct FaissIDSelectorBitmap_H FaissIDSelectorBitmap;

extern "C" {
const char* faiss_get_version();
const char* faiss_get_compile_options();
void faiss_set_distance_compute_blas_threshold(int value);
int faiss_get_distance_compute_blas_threshold();
int faiss_SearchParametersIVF_new_with(FaissSearchParametersIVF** p_sp, FaissIDSelector* sel, size_t nprobe, size_t max_codes);
int faiss_SearchParametersHNSW_new_with(FaissSearchParametersHNSW** p_sp, FaissIDSelector* sel, int efSearch);
void faiss_SearchParameters_free(FaissSearchParameters* obj);
int faiss_IDSelectorBitmap_new(FaissIDSelectorBitmap** p_sel, size_t n, const uint8_t* bitmap);
int faiss_Index_search_with_params(
        const FaissIndex* index,
        idx_t n,
        const float* x,
        idx_t k,
        const FaissSearchParameters* params,
        float* distances,
        idx_t* labels);
}
#pragma GCC visibility pop

#include <faiss/AutoTune.h>
#include <faiss/IndexFlat.h>
#include <faiss/IndexHNSW.h>
#include <faiss/IndexIDMap.h>
#include <faiss/IndexIVF.h>
#include <faiss/impl/FaissException.h>
#include <faiss/impl/IDSelector.h>
#include <faiss/index_factory.h>
#include <faiss/index_io.h>
#include <faiss/utils/distances.h>
#include <faiss/utils/utils.h>

#include <exception>
#include <string>

namespace {

// The exception of this thread's last failed call.
thread_local std::string last_error;

// Runs a call and turns an exception into FAISS's error code.
template <class Call>
int guarded(Call call) {
    try {
        call();
        return OK;
    } catch (const faiss::FaissException& e) {
        last_error = e.what();
        return FAISS_EXCEPT;
    } catch (const std::exception& e) {
        last_error = e.what();
        return STD_EXCEPT;
    } catch (...) {
        last_error = "Unknown error";
        return UNKNOWN_EXCEPT;
    }
}

faiss::Index* of(FaissIndex* index) {
    return reinterpret_cast<faiss::Index*>(index);
}

const faiss::Index* of(const FaissIndex* index) {
    return reinterpret_cast<const faiss::Index*>(index);
}

template <class To, class From>
To* as(From* pointer) {
    return reinterpret_cast<To*>(pointer);
}

} // namespace

const char* faiss_get_last_error() {
    return last_error.c_str();
}

const char* faiss_get_version() {
    static const std::string version = std::to_string(FAISS_VERSION_MAJOR) + "." + std::to_string(FAISS_VERSION_MINOR) + "." + std::to_string(FAISS_VERSION_PATCH);
    return version.c_str();
}

const char* faiss_get_compile_options() {
    static const std::string options = faiss::get_compile_options();
    return options.c_str();
}

void faiss_set_distance_compute_blas_threshold(int value) {
    faiss::distance_compute_blas_threshold = value;
}

int faiss_get_distance_compute_blas_threshold() {
    return faiss::distance_compute_blas_threshold;
}

// Index_c.h

void faiss_Index_free(FaissIndex* obj) {
    delete of(obj);
}

int faiss_Index_d(const FaissIndex* obj) {
    return static_cast<int>(of(obj)->d);
}

int faiss_Index_is_trained(const FaissIndex* obj) {
    return of(obj)->is_trained;
}

idx_t faiss_Index_ntotal(const FaissIndex* obj) {
    return of(obj)->ntotal;
}

FaissMetricType faiss_Index_metric_type(const FaissIndex* obj) {
    return static_cast<FaissMetricType>(of(obj)->metric_type);
}

int faiss_Index_train(FaissIndex* index, idx_t n, const float* x) {
    return guarded([=] { of(index)->train(n, x); });
}

int faiss_Index_add(FaissIndex* index, idx_t n, const float* x) {
    return guarded([=] { of(index)->add(n, x); });
}

int faiss_Index_add_with_ids(FaissIndex* index, idx_t n, const float* x, const idx_t* xids) {
    return guarded([=] { of(index)->add_with_ids(n, x, xids); });
}

int faiss_Index_search(const FaissIndex* index, idx_t n, const float* x, idx_t k, float* distances, idx_t* labels) {
    return guarded([=] { of(index)->search(n, x, k, distances, labels); });
}

int faiss_Index_search_with_params(
        const FaissIndex* index,
        idx_t n,
        const float* x,
        idx_t k,
        const FaissSearchParameters* params,
        float* distances,
        idx_t* labels) {
    return guarded([=] { of(index)->search(n, x, k, distances, labels, as<const faiss::SearchParameters>(params)); });
}

int faiss_Index_reconstruct(const FaissIndex* index, idx_t key, float* recons) {
    return guarded([=] { of(index)->reconstruct(key, recons); });
}

// index_factory_c.h, index_io_c.h

int faiss_index_factory(FaissIndex** p_index, int d, const char* description, FaissMetricType metric) {
    return guarded([=] { *p_index = as<FaissIndex>(faiss::index_factory(d, description, static_cast<faiss::MetricType>(metric))); });
}

int faiss_write_index_fname(const FaissIndex* idx, const char* fname) {
    return guarded([=] { faiss::write_index(of(idx), fname); });
}

int faiss_read_index_fname(const char* fname, int io_flags, FaissIndex** p_out) {
    return guarded([=] { *p_out = as<FaissIndex>(faiss::read_index(fname, io_flags)); });
}

// AutoTune_c.h

int faiss_ParameterSpace_new(FaissParameterSpace** space) {
    return guarded([=] { *space = as<FaissParameterSpace>(new faiss::ParameterSpace); });
}

void faiss_ParameterSpace_free(FaissParameterSpace* obj) {
    delete as<faiss::ParameterSpace>(obj);
}

int faiss_ParameterSpace_set_index_parameter(const FaissParameterSpace* space, FaissIndex* index, const char* name, double value) {
    return guarded([=] { as<const faiss::ParameterSpace>(space)->set_index_parameter(of(index), name, value); });
}

// IndexFlat_c.h, IndexIVF_c.h, MetaIndexes_c.h

FaissIndexIDMap* faiss_IndexIDMap_cast(FaissIndex* index) {
    return as<FaissIndexIDMap>(dynamic_cast<faiss::IndexIDMap*>(of(index)));
}

FaissIndexFlat* faiss_IndexFlat_cast(FaissIndex* index) {
    return as<FaissIndexFlat>(dynamic_cast<faiss::IndexFlat*>(of(index)));
}

FaissIndexIVF* faiss_IndexIVF_cast(FaissIndex* index) {
    return as<FaissIndexIVF>(dynamic_cast<faiss::IndexIVF*>(of(index)));
}

size_t faiss_IndexIVF_nlist(const FaissIndexIVF* obj) {
    return as<const faiss::IndexIVF>(obj)->nlist;
}

size_t faiss_IndexIVF_nprobe(const FaissIndexIVF* obj) {
    return as<const faiss::IndexIVF>(obj)->nprobe;
}

// Search parameters and selectors

int faiss_SearchParametersIVF_new_with(FaissSearchParametersIVF** p_sp, FaissIDSelector* sel, size_t nprobe, size_t max_codes) {
    return guarded([=] {
        auto* parameters = new faiss::SearchParametersIVF;
        parameters->sel = as<faiss::IDSelector>(sel);
        parameters->nprobe = nprobe;
        parameters->max_codes = max_codes;
        *p_sp = as<FaissSearchParametersIVF>(static_cast<faiss::SearchParameters*>(parameters));
    });
}

int faiss_SearchParametersHNSW_new_with(FaissSearchParametersHNSW** p_sp, FaissIDSelector* sel, int efSearch) {
    return guarded([=] {
        auto* parameters = new faiss::SearchParametersHNSW;
        parameters->sel = as<faiss::IDSelector>(sel);
        parameters->efSearch = efSearch;
        *p_sp = as<FaissSearchParametersHNSW>(static_cast<faiss::SearchParameters*>(parameters));
    });
}

void faiss_SearchParameters_free(FaissSearchParameters* obj) {
    delete as<faiss::SearchParameters>(obj);
}

int faiss_IDSelectorBitmap_new(FaissIDSelectorBitmap** p_sel, size_t n, const uint8_t* bitmap) {
    return guarded([=] { *p_sel = as<FaissIDSelectorBitmap>(new faiss::IDSelectorBitmap(n, bitmap)); });
}

void faiss_IDSelector_free(FaissIDSelector* obj) {
    delete as<faiss::IDSelector>(obj);
}
