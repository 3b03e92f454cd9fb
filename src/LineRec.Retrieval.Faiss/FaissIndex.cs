using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using LineRec.Retrieval.Faiss.Native;
using LineRec.Retrieval.Faiss.Rows;

namespace LineRec.Retrieval.Faiss;

/// <summary>Any index that FAISS's factory makes, behind LineRec's contract: higher is better, ties by ascending row, filters, updates.</summary>
/// <remarks>
/// <para>Thread-safe. Searches run beside each other; a change (train, add, set, remove, parameters) waits for those that run and holds up later
/// ones. A search may run while the index is disposed of: it ends, later ones throw <see cref="ObjectDisposedException"/>.</para>
/// <para>Row i is the i-th vector added; <see cref="Set"/> gives a row another vector. FAISS can't change most of its indexes, so a replaced or
/// removed vector stays in its memory and is filtered out; build anew when they are many.</para>
/// <para>Scores: inner product; cosine (vectors and queries are normalised in copies); for L2 the negative squared distance, as FAISS computes
/// them from its codes. A vector with a value that isn't finite isn't given to FAISS but scored aside; a query with such a value scores NaN
/// everywhere. A search asks FAISS for one more than k: where the last two tie it asks for more, for an exact index until the lowest rows
/// among equals are found, for others among up to 1,024.</para>
/// <para>A search that FAISS answers with fewer than k widens itself (more probes, a longer list of candidates), at last to all. So k are found whenever
/// that many are eligible. A filter goes into FAISS's scan where the index takes one; where not (with a refine stage, and in older versions fast-scan
/// codes), more are asked for and filtered afterwards, or few eligible rows are decoded and scored one by one.</para>
/// <para>A warm search allocates nothing in managed memory.</para>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The lock holds no native resource unless it is fought over; a search may hold it while the index is disposed of.")]
public sealed unsafe partial class FaissIndex : IUpdatableVectorIndex, IDisposable
{
    private const int InnerProduct = 0, L2 = 1;

    private const int BlockValues = 1 << 20;

    private readonly FaissIndexHandle _handle;
    private readonly ReaderWriterLockSlim _lock = new(LockRecursionPolicy.NoRecursion);
    private readonly RowLabels _labels;
    private readonly AsideVectors _aside;
    private readonly Dictionary<string, double> _parameters = [];
    private readonly bool _wantsLabels;
    private int _threads = 1;
    private int _buildThreads = Environment.ProcessorCount;

    private FaissIndex(FaissIndexHandle handle, string factory, VectorMetric metric, RowLabels labels, AsideVectors aside)
    {
        (_handle, Factory, Metric, _labels, _aside) = (handle, factory, metric, labels, aside);
        using var lease = new Lease(handle);
        Dimension = FaissNative.faiss_Index_d(lease.Index);
        IsExact = FaissNative.faiss_IndexFlat_cast(lease.Index) != 0;
        _wantsLabels = FaissNative.faiss_IndexIDMap_cast(lease.Index) != 0;
        nint ivf = FaissNative.faiss_IndexIVF_cast(lease.Index);
        if (ivf != 0) (_lists, _probes) = ((int)FaissNative.faiss_IndexIVF_nlist(ivf), (int)FaissNative.faiss_IndexIVF_nprobe(ivf));
    }

    /// <summary>The description that FAISS's factory made it from; empty for one read from a file of FAISS's own.</summary>
    public string Factory { get; }

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            _lock.EnterReadLock();
            try
            {
                return _labels.LiveCount + _aside.Count;
            }
            finally
            {
                _lock.ExitReadLock();
            }
        }
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public VectorMetric Metric { get; }

    /// <summary>Whether it is FAISS's flat index, which compares with every vector in single precision.</summary>
    public bool IsExact { get; }

    /// <summary>Whether vectors can be added.</summary>
    public bool IsTrained
    {
        get
        {
            using var lease = new Lease(_handle);
            return FaissNative.faiss_Index_is_trained(lease.Index) != 0;
        }
    }

    /// <summary>How many threads one search may use. Default 1: a service searches for many users beside each other.</summary>
    /// <remarks>OpenMP's number for the calling thread; it stays set on that thread. OpenBLAS follows it where it was built over OpenMP, as the package's own library is; one with threads of its own has a single number for the process.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Threads
    {
        get => _threads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _threads = value;
        }
    }

    /// <summary>How many threads training and adding may use. Default: as many as there are processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BuildThreads
    {
        get => _buildThreads;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _buildThreads = value;
        }
    }

    /// <summary>Creates an empty index.</summary>
    /// <param name="factory">FAISS's description, such as "Flat", "IVF2048,SQ8", "HNSW32" or "IVF2048,PQ64x4fs,RFlat".</param>
    /// <param name="dimension">The vectors' length, 1 or more.</param>
    /// <param name="metric">What a score is.</param>
    /// <exception cref="ArgumentException">FAISS doesn't understand the description, or it doesn't fit the dimension; the message has FAISS's words.</exception>
    /// <exception cref="DllNotFoundException">FAISS's library isn't there; the message says what to do.</exception>
    public static FaissIndex Create(string factory, int dimension, VectorMetric metric = VectorMetric.InnerProduct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        int code = FaissNative.faiss_index_factory(out var handle, dimension, factory, metric == VectorMetric.L2 ? L2 : InnerProduct);
        if (code != 0)
        {
            var failure = FaissCall.Failed($"Making '{factory}' of dimension {dimension}");
            handle.Dispose();
            throw new ArgumentException($"FAISS can't make an index from '{factory}' for vectors of {dimension}: {failure.FaissMessage}", nameof(factory), failure);
        }

        return new FaissIndex(handle, factory, metric, new RowLabels(), new AsideVectors());
    }

    /// <summary>Creates an index over a matrix: trained on it, where it needs training, and all of it added. The matrix isn't needed afterwards.</summary>
    /// <param name="vectors">Vectors [items, dimension]; row i belongs to catalog row i. Of an empty one an index comes that isn't trained and finds nothing.</param>
    /// <param name="factory">FAISS's description, see <see cref="Create"/>.</param>
    /// <param name="metric">What a score is.</param>
    /// <param name="buildThreads">The index's <see cref="BuildThreads"/>; null for the default.</param>
    /// <exception cref="ArgumentException">FAISS doesn't understand the description, or it doesn't fit the dimension.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 thread.</exception>
    /// <exception cref="FaissException">FAISS failed, for instance because the vectors are too few to train it.</exception>
    /// <exception cref="DllNotFoundException">FAISS's library isn't there; the message says what to do.</exception>
    public static FaissIndex Build(NpyMatrix<float> vectors, string factory, VectorMetric metric = VectorMetric.InnerProduct, int? buildThreads = null)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var index = Create(factory, vectors.Columns, metric);
        try
        {
            if (buildThreads is { } threads) index.BuildThreads = threads;
            if (vectors.Rows == 0) return index;
            // A span can't hold more than 2^31 values; FAISS draws a sample for training anyway.
            if (!index.IsTrained) index.Train(vectors.Slice(0, Math.Min(vectors.Rows, int.MaxValue / vectors.Columns)));
            int block = Math.Max(1, int.MaxValue / 2 / vectors.Columns);
            for (int row = 0; row < vectors.Rows; row += block) index.Add(vectors.Slice(row, Math.Min(block, vectors.Rows - row)));
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Trains: cluster centres, quantisers, whatever the index has. Uses <see cref="BuildThreads"/>.</summary>
    /// <param name="vectors">Vectors one after the other, n × dimension values. FAISS wants about 40 a cluster or more and samples when there are many.</param>
    /// <exception cref="ArgumentException">They aren't whole vectors.</exception>
    /// <exception cref="FaissException">FAISS failed, for instance because they are too few.</exception>
    public void Train(ReadOnlySpan<float> vectors)
    {
        int count = Vectors(vectors);
        // Vectors that FAISS won't hold don't shape it either.
        int kept = CountFit(vectors);
        if (kept != count || Metric == VectorMetric.Cosine)
        {
            var clean = new float[kept * Dimension];
            CopyFit(vectors, clean);
            vectors = clean;
        }

        using var change = new Change(this);
        fixed (float* values = vectors) FaissCall.Check(FaissNative.faiss_Index_train(change.Index, kept, values), $"Training '{Factory}' on {kept} vectors");
    }

    /// <summary>Adds vectors under the rows after the last one that ever was. Uses <see cref="BuildThreads"/>.</summary>
    /// <param name="vectors">Vectors one after the other, n × dimension values; copied.</param>
    /// <exception cref="ArgumentException">They aren't whole vectors.</exception>
    /// <exception cref="InvalidOperationException">The index isn't trained.</exception>
    /// <exception cref="FaissException">FAISS failed.</exception>
    public void Add(ReadOnlySpan<float> vectors)
    {
        int count = Vectors(vectors);
        if (count == 0) return;
        using var change = new Change(this);
        RequireTrained(change.Index);
        int row = _labels.NextRow;
        if ((long)row + count > int.MaxValue) throw new ArgumentException($"The index has rows to {row - 1}; {count} more are over what an int holds.", nameof(vectors));
        int start = 0;
        for (int i = 0; i < count; i++)
        {
            var vector = vectors.Slice(i * Dimension, Dimension);
            if (!AsideVectors.Takes(vector, Metric)) continue;
            AddRun(change.Index, row + start, vectors[(start * Dimension)..(i * Dimension)]);
            _aside.Set(row + i, vector);
            _labels.Pass(row + i);
            start = i + 1;
        }

        AddRun(change.Index, row + start, vectors[(start * Dimension)..]);
    }

    /// <summary>Sets a parameter of searching, such as nprobe, efSearch or k_factor_rf (how many times k a refine stage looks at).</summary>
    /// <param name="name">FAISS's name of it, as its ParameterSpace knows them.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">The index has no such parameter.</exception>
    public void SetParameter(string name, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        using var change = new Change(this);
        if (SetNative(change.Index, name, value) is { } failure) throw new ArgumentException($"'{Factory}' has no parameter '{name}' or can't take {value} for it: {failure.FaissMessage}", nameof(name), failure);
        _parameters[name] = value;
        Remember(name, value);
    }

    /// <summary>Frees the native index, after the last search that runs.</summary>
    public void Dispose() => _handle.Dispose();

    private void AddRun(nint index, int row, ReadOnlySpan<float> vectors)
    {
        if (vectors.IsEmpty) return;
        if (Metric != VectorMetric.Cosine)
        {
            AddNative(index, row, vectors);
            return;
        }

        int block = Math.Max(1, BlockValues / Dimension) * Dimension;
        float[] normalised = ArrayPool<float>.Shared.Rent(Math.Min(block, vectors.Length));
        try
        {
            for (int start = 0; start < vectors.Length; start += block)
            {
                var part = vectors.Slice(start, Math.Min(block, vectors.Length - start));
                VectorScore.Normalise(part, Dimension, normalised);
                AddNative(index, row + (start / Dimension), normalised.AsSpan(0, part.Length));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(normalised);
        }
    }

    private void AddNative(nint index, int row, ReadOnlySpan<float> vectors)
    {
        int count = vectors.Length / Dimension, code;
        fixed (float* values = vectors)
        {
            if (!_wantsLabels)
            {
                code = FaissNative.faiss_Index_add(index, count, values);
            }
            else
            {
                // An IDMap is given the labels that other indexes count themselves.
                long[] labels = new long[count];
                for (int i = 0; i < count; i++) labels[i] = _labels.Total + i;
                fixed (long* own = labels) code = FaissNative.faiss_Index_add_with_ids(index, count, values, own);
            }
        }

        FaissCall.Check(code, $"Adding vectors to '{Factory}'");
        _labels.Append(row, count);
    }

    private int CountFit(ReadOnlySpan<float> vectors)
    {
        int fit = 0;
        for (int start = 0; start < vectors.Length; start += Dimension) fit += AsideVectors.Takes(vectors.Slice(start, Dimension), Metric) ? 0 : 1;
        return fit;
    }

    private void CopyFit(ReadOnlySpan<float> vectors, Span<float> copy)
    {
        for (int start = 0, to = 0; start < vectors.Length; start += Dimension)
        {
            var vector = vectors.Slice(start, Dimension);
            if (AsideVectors.Takes(vector, Metric)) continue;
            if (Metric == VectorMetric.Cosine) VectorScore.Normalise(vector, Dimension, copy.Slice(to, Dimension));
            else vector.CopyTo(copy.Slice(to, Dimension));
            to += Dimension;
        }
    }

    private int Vectors(ReadOnlySpan<float> vectors)
    {
        if (vectors.Length % Dimension != 0) throw new ArgumentException($"{vectors.Length} values aren't whole vectors; the index's have {Dimension}.", nameof(vectors));
        return vectors.Length / Dimension;
    }

    private void RequireTrained(nint index)
    {
        if (FaissNative.faiss_Index_is_trained(index) == 0) throw new InvalidOperationException($"The index '{Factory}' isn't trained: call Train with a sample of the vectors before any is added.");
    }

    private static FaissException? SetNative(nint index, string name, double value)
    {
        FaissCall.Check(FaissNative.faiss_ParameterSpace_new(out nint space), "Making a space of parameters");
        try
        {
            return FaissNative.faiss_ParameterSpace_set_index_parameter(space, index, name, value) == 0 ? null : FaissCall.Failed($"Setting {name} to {value}");
        }
        finally
        {
            FaissNative.faiss_ParameterSpace_free(space);
        }
    }
}
