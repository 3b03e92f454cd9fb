using System.Runtime.InteropServices;

namespace LineRec.Retrieval.Faiss.Native;

/// <summary>The functions of FAISS's C API that are used here. An int result is an error code, 0 for none.</summary>
internal static unsafe partial class FaissNative
{
    public const string Library = "faiss_c";

    // The library is found before the first call of any of these, by whatever path it takes.
    static FaissNative() => FaissLoader.Register();

    [LibraryImport(Library)]
    public static partial nint faiss_get_last_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int faiss_index_factory(out FaissIndexHandle index, int dimension, string description, int metric);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int faiss_read_index_fname(string path, int flags, out FaissIndexHandle index);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int faiss_write_index_fname(nint index, string path);

    [LibraryImport(Library)]
    public static partial void faiss_Index_free(nint index);

    [LibraryImport(Library)]
    public static partial int faiss_Index_d(nint index);

    [LibraryImport(Library)]
    public static partial int faiss_Index_is_trained(nint index);

    [LibraryImport(Library)]
    public static partial long faiss_Index_ntotal(nint index);

    [LibraryImport(Library)]
    public static partial int faiss_Index_metric_type(nint index);

    [LibraryImport(Library)]
    public static partial int faiss_Index_train(nint index, long count, float* vectors);

    [LibraryImport(Library)]
    public static partial int faiss_Index_add(nint index, long count, float* vectors);

    [LibraryImport(Library)]
    public static partial int faiss_Index_add_with_ids(nint index, long count, float* vectors, long* labels);

    [LibraryImport(Library)]
    public static partial int faiss_Index_search(nint index, long count, float* queries, long k, float* distances, long* labels);

    [LibraryImport(Library)]
    public static partial int faiss_Index_search_with_params(nint index, long count, float* queries, long k, nint parameters, float* distances, long* labels);

    [LibraryImport(Library)]
    public static partial int faiss_Index_reconstruct(nint index, long label, float* vector);

    [LibraryImport(Library)]
    public static partial nint faiss_IndexFlat_cast(nint index);

    [LibraryImport(Library)]
    public static partial nint faiss_IndexIDMap_cast(nint index);

    [LibraryImport(Library)]
    public static partial nint faiss_IndexIVF_cast(nint index);

    [LibraryImport(Library)]
    public static partial nuint faiss_IndexIVF_nlist(nint index);

    [LibraryImport(Library)]
    public static partial nuint faiss_IndexIVF_nprobe(nint index);

    [LibraryImport(Library)]
    public static partial int faiss_ParameterSpace_new(out nint space);

    [LibraryImport(Library)]
    public static partial void faiss_ParameterSpace_free(nint space);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int faiss_ParameterSpace_set_index_parameter(nint space, nint index, string name, double value);

    [LibraryImport(Library)]
    public static partial int faiss_SearchParametersIVF_new_with(out nint parameters, nint selector, nuint nprobe, nuint maxCodes);

    [LibraryImport(Library)]
    public static partial int faiss_SearchParametersHNSW_new_with(out nint parameters, nint selector, int efSearch);

    [LibraryImport(Library)]
    public static partial void faiss_SearchParameters_free(nint parameters);

    [LibraryImport(Library)]
    public static partial int faiss_IDSelectorBitmap_new(out nint selector, nuint bytes, byte* bitmap);

    [LibraryImport(Library)]
    public static partial void faiss_IDSelector_free(nint selector);
}
