using LineRec.Retrieval.Faiss.Native;
using LineRec.Retrieval.Faiss.Rows;

namespace LineRec.Retrieval.Faiss;

// How a search tells FAISS which labels it may find and how hard to look: by search parameters of one of two kinds, if the index takes any.
public sealed unsafe partial class FaissIndex
{
    // FAISS's own defaults, until set otherwise.
    private int _probes = 1;
    private int _listLength = 16;
    private int _codes;

    // The lists of an inverted file that isn't wrapped in another index; 0 where that isn't known.
    private readonly int _lists;

    // As many probes as reach every list. There are hardly more lists than vectors; far more probes than lists cost FAISS memory.
    private int AllProbes => _lists > 0 ? _lists : Math.Max(_probes, _labels.Total);

    private volatile int _kind;

    private volatile int _decodes;

    private enum ParametersKind
    {
        Unknown,
        ListLength,
        Probes,
        None,
    }

    private void Remember(string name, double value)
    {
        int whole = (int)Math.Clamp(value, 0, int.MaxValue);
        if (name == "nprobe") _probes = whole;
        else if (name == "efSearch") _listLength = whole;
        else if (name == "max_codes") _codes = whole;
    }

    private bool TakesParameters(nint index) => Kind(index) != ParametersKind.None;

    // Parameters of a call can be widened in two steps; those of the index itself, which all searches share, in one.
    private int MostEffort(nint index) => TakesParameters(index) ? 2 : 1;

    /// <summary>Finds out, once an index, by searching for one neighbour of nothing.</summary>
    private ParametersKind Kind(nint index)
    {
        if (_kind != (int)ParametersKind.Unknown) return (ParametersKind)_kind;
        var kind = ParametersKind.None;
        if (FaissLibrary.Has("faiss_Index_search_with_params") && FaissLibrary.Has("faiss_IDSelectorBitmap_new"))
        {
            foreach (var candidate in (ParametersKind[])[ParametersKind.ListLength, ParametersKind.Probes])
            {
                if (!FaissLibrary.Has(candidate == ParametersKind.Probes ? "faiss_SearchParametersIVF_new_with" : "faiss_SearchParametersHNSW_new_with")) continue;
                if (!Accepts(index, candidate)) continue;
                kind = candidate;
                break;
            }
        }

        _kind = (int)kind;
        return kind;
    }

    private bool Accepts(nint index, ParametersKind kind)
    {
        var query = new float[Dimension];
        long label;
        float distance;
        byte every = 0xFF;
        fixed (float* values = query) return WithParameters(index, values, 1, 1, kind, 1, &every, 1, &distance, &label) == 0;
    }

    /// <summary>Whether the index gives back vectors from their labels; found out once.</summary>
    private bool CanDecode(nint index)
    {
        if (_decodes == 0)
        {
            var vector = new float[Dimension];
            fixed (float* to = vector) _decodes = FaissNative.faiss_Index_reconstruct(index, 0, to) == 0 ? 1 : -1;
        }

        return _decodes > 0;
    }

    /// <summary>
    /// Whether so few rows are eligible that decoding them is cheaper than a search that has to skip the others: searching costs about
    /// labels / eligible × k in a graph or with filtering afterwards, decoding as many as are eligible.
    /// </summary>
    private bool ScansFew(nint index, int want, in LabelFilter filter) =>
        !filter.IsAll && (double)filter.Count * filter.Count <= 4.0 * want * _labels.Total && Kind(index) != ParametersKind.Probes && CanDecode(index);

    private void Native(nint index, float* queries, int count, int fetch, int effort, in LabelFilter filter, float* distances, long* labels)
    {
        if (filter.IsAll && effort == 0)
        {
            FaissCall.Check(FaissNative.faiss_Index_search(index, count, queries, fetch, distances, labels), "Searching");
            return;
        }

        var kind = Kind(index);
        if (kind == ParametersKind.None)
        {
            if (effort == 0) FaissCall.Check(FaissNative.faiss_Index_search(index, count, queries, fetch, distances, labels), "Searching");
            else Widest(index, queries, count, fetch, distances, labels);
            return;
        }

        double effective = kind == ParametersKind.Probes ? Probes(fetch, effort, filter) : ListLength(fetch, effort);
        fixed (ulong* words = filter.Words)
        {
            byte* bits = filter.IsAll ? null : (byte*)words;
            FaissCall.Check(WithParameters(index, queries, count, fetch, kind, (int)effective, bits, filter.Words.Length * sizeof(ulong), distances, labels), "Searching");
        }
    }

    private double Probes(int fetch, int effort, in LabelFilter filter)
    {
        if (effort == 2) return AllProbes;
        // Enough lists that twice the rows wanted are eligible in them, if the filter is as dense everywhere.
        double probes = Math.Max(_probes, filter.IsAll ? 0 : 2.0 * fetch * _lists / filter.Count);
        if (effort == 1) probes = Math.Max(64, 8 * probes);
        return Math.Min(probes, AllProbes);
    }

    private double ListLength(int fetch, int effort) => effort switch
    {
        0 => _listLength,
        1 => Math.Min(_labels.Total, 8.0 * Math.Max(_listLength, fetch)),
        _ => Math.Max(_listLength, _labels.Total),
    };

    private int WithParameters(nint index, float* queries, int count, int fetch, ParametersKind kind, int effort, byte* bits, int bytes, float* distances, long* labels)
    {
        nint selector = 0, parameters = 0;
        try
        {
            int code = bits == null ? 0 : FaissNative.faiss_IDSelectorBitmap_new(out selector, (nuint)bytes, bits);
            if (code == 0)
            {
                code = kind == ParametersKind.Probes
                    ? FaissNative.faiss_SearchParametersIVF_new_with(out parameters, selector, (nuint)effort, (nuint)_codes)
                    : FaissNative.faiss_SearchParametersHNSW_new_with(out parameters, selector, effort);
            }

            return code != 0 ? code : FaissNative.faiss_Index_search_with_params(index, count, queries, fetch, parameters, distances, labels);
        }
        finally
        {
            if (parameters != 0) FaissNative.faiss_SearchParameters_free(parameters);
            if (selector != 0) FaissNative.faiss_IDSelector_free(selector);
        }
    }

    /// <summary>Searches with the index's own parameters at their widest, then puts them back. No other search may run.</summary>
    private void Widest(nint index, float* queries, int count, int fetch, float* distances, long* labels)
    {
        bool probes = SetNative(index, "nprobe", AllProbes) is null, list = SetNative(index, "efSearch", Math.Max(_listLength, _labels.Total)) is null;
        int code = FaissNative.faiss_Index_search(index, count, queries, fetch, distances, labels);
        var failure = code == 0 ? null : FaissCall.Failed("Searching");
        if (probes) SetNative(index, "nprobe", _probes);
        if (list) SetNative(index, "efSearch", _listLength);
        if (failure is not null) throw failure;
    }
}
