using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LineRec.Retrieval;

/// <summary>One search over one <see cref="IvfState"/>: the query in its forms, who may be found, the best so far, and buffers. Pooled, so that searches allocate nothing.</summary>
internal sealed unsafe class IvfQuery
{
    /// <summary>Blocks that are scanned at once.</summary>
    public const int Chunk = 64;

    /// <summary>The greatest number of vectors that are gathered before those that can't be among the best are dropped.</summary>
    public const int Capacity = 8192;

    /// <summary>Blocks that may be queued at once.</summary>
    public const int QueueCapacity = 2 * Chunk;

    private readonly VectorScorer _scorer;
    private readonly List<Array> _pinned = [];
    private readonly float* _vectors;
    private readonly int _dimension;
    private readonly int _safeRows;
    private float _factor;
    private double _squaredLength;
    private double _rounding;
    private int _version;
    private RowSet? _eligible;

    public IvfQuery(IvfState state)
    {
        (State, Data, _scorer) = (state, state.Data, state.Scorer);
        (_dimension, _safeRows) = (state.Vectors.Columns, DotProduct.SafeRows(state.Vectors));
        if (state.Vectors.Rows > 0)
        {
            fixed (float* first = state.Vectors[0]) _vectors = first; // pinned or mapped for as long as the matrix lives
        }

        int coded = Data.Space.CodedDimension, centroidBlocks = CodeLayout.BlocksOf(Data.Lists);
        Codes = new CodeQuery(Data.Layout);
        CentroidCodes = new CodeQuery(Data.CentroidLayout);
        Given = Pinned<float>(DotProduct.PaddedLength(_dimension));
        Coded = Pinned<float>(DotProduct.PaddedLength(coded));
        _scaled = new float[coded];
        CentroidTotals = Pinned<short>(centroidBlocks * CodeLayout.BlockVectors);
        Thresholds = Pinned<short>(Math.Max(Chunk, centroidBlocks));
        Totals = Pinned<short>(Chunk * CodeLayout.BlockVectors);
        Masks = Pinned<uint>(Math.Max(Chunk, centroidBlocks));
        Means = Pinned<float>(Data.Lists + CodeLayout.BlockVectors);
        InverseDeviations = Pinned<float>(Data.Lists + CodeLayout.BlockVectors);
    }

    public readonly IvfState State;
    public readonly IvfData Data;
    public readonly CodeQuery Codes;
    public readonly CodeQuery CentroidCodes;

    /// <summary>The query as it was given, padded with zeros for the kernels.</summary>
    public readonly float* Given;

    /// <summary>The query in the coded space, padded.</summary>
    public readonly float* Coded;

    private readonly float[] _scaled; // a dimension times its scale: what residual codes are multiplied with

    public readonly short* CentroidTotals;
    public readonly short* Thresholds;
    public readonly short* Totals;
    public readonly uint* Masks;

    /// <summary>The query's products with the lists' means; in a probe less <see cref="Middle"/>.</summary>
    public readonly float* Means;

    /// <summary>One over the deviation of the query's products with the vectors of each list.</summary>
    public readonly float* InverseDeviations;

    /// <summary>The blocks to scan, and the list for whose vectors each is; room follows for <see cref="CodeScan.ListedAhead"/> more.</summary>
    public int* Blocks { get; private set; }

    /// <summary>The list of each of <see cref="Blocks"/>.</summary>
    public int[] ListsOfBlocks { get; private set; } = [];

    /// <summary>Places or rows of vectors that may be among the best, and what their codes say of their scores.</summary>
    public readonly int[] Places = new int[Capacity];
    public readonly float[] Scores = new float[Capacity];

    /// <summary>How many places wait to be scored in full.</summary>
    public int Pending;

    /// <summary>Blocks whose second plane must be read: which, their thresholds, and the vectors that matter.</summary>
    public readonly int[] QueuedBlocks = new int[QueueCapacity];
    public readonly short[] QueuedThresholds = new short[QueueCapacity];
    public readonly uint[] QueuedMasks = new uint[QueueCapacity];

    /// <summary>How many blocks are queued.</summary>
    public int Queued;

    /// <summary>The least coded inner product at which a vector could still be among the best.</summary>
    public double Bar;

    /// <summary>The best so far.</summary>
    public TopRows Best;

    /// <summary>Which query of a batch it is.</summary>
    public int Slot;

    public int K { get; private set; }

    /// <summary>Whether the query can be coded; where it can't, vectors are scored one by one.</summary>
    public bool IsCoded { get; private set; }

    /// <summary>The length of the scaled query.</summary>
    public float ScaledLength { get; private set; }

    /// <summary>One over the unit of the codes' totals.</summary>
    public float InverseUnit { get; private set; }

    /// <summary>The length of the scaled query in the dimensions of the codes' first plane.</summary>
    public float HeadLength { get; private set; }

    /// <summary>The same of the second plane.</summary>
    public float TailLength { get; private set; }

    /// <summary>The deviation of the product of the scaled query and a rest (<see cref="IvfListModel"/>) of unit variance.</summary>
    public float Deviation { get; private set; }

    /// <summary>The query's product with the middle of the centroids, which a probe leaves out of scores; 0 where it computes them in full.</summary>
    public float Middle { get; private set; }

    /// <summary>The rows that may be found; null for all.</summary>
    public RowSet? Eligible => _eligible;

    /// <summary>Takes a query. <see cref="Best"/> must be disposed after it.</summary>
    public void Begin(ReadOnlySpan<float> query, int k, RowSet? eligible, int version)
    {
        (K, _eligible, _version, Pending, Queued) = (k, eligible, version, 0, 0);
        Best = new TopRows(k);
        query.CopyTo(new Span<float>(Given, _dimension));
        _factor = _scorer.QueryFactor(Given);
        IsCoded = Data.Header->Count > 0 && Data.Space.CodeQuery(query, new Span<float>(Coded, Data.Space.CodedDimension), out _squaredLength);
        if (!IsCoded) return;
        TensorPrimitives.Multiply(new ReadOnlySpan<float>(Coded, _scaled.Length), new ReadOnlySpan<float>(Data.Scales, _scaled.Length), _scaled);
        float head = TensorPrimitives.SumOfSquares(_scaled.AsSpan(0, Data.Layout.HeadDimensions)), tail = TensorPrimitives.SumOfSquares(_scaled.AsSpan(Data.Layout.HeadDimensions));
        (HeadLength, TailLength, ScaledLength) = (MathF.Sqrt(head) * 1.00001f, MathF.Sqrt(tail) * 1.00001f, MathF.Sqrt(head + tail) * 1.00001f);
        if (!(ScaledLength is > 1e-18f and < 1e18f))
        {
            IsCoded = false;
            return;
        }

        Codes.Set(_scaled, Data.Header->HighRadius, Data.Header->LowRadius);
        InverseUnit = 1 / Codes.Unit;
        _rounding = Data.Space.Rounding(Math.Sqrt(_squaredLength), Data.Header->GreatestLength);
    }

    /// <summary>Whether a probe scores the lists' means in single precision: with L2 great lengths cancel out, which codes of one step for all can't resolve.</summary>
    public bool ScoresListsInFull => _scorer.Metric == VectorMetric.L2;

    /// <summary>Makes ready for probing lists.</summary>
    public void PrepareProbe()
    {
        ReadOnlySpan<float> coded = new(Coded, _scaled.Length);
        Middle = ScoresListsInFull ? 0 : TensorPrimitives.Dot(coded, new ReadOnlySpan<float>(Data.CentroidMean, coded.Length));
        if (!ScoresListsInFull) CentroidCodes.Set(coded, Data.Header->CentroidRadius, 0);
        float variance = 0;
        for (int j = 0; j < _scaled.Length; j++) variance += _scaled[j] * TensorPrimitives.Dot(_scaled, new ReadOnlySpan<float>(Data.Correlations + ((long)j * _scaled.Length), _scaled.Length));
        Deviation = Math.Max(1e-20f, MathF.Sqrt(Math.Max(0, variance)));
    }

    /// <summary>Makes room for so many blocks to scan; those that are there stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReserveBlocks(int count)
    {
        if (ListsOfBlocks.Length < count) GrowBlocks(count);
    }

    /// <summary>Forgets what was found.</summary>
    public void Reset()
    {
        Best.Dispose();
        (Best, Pending) = (new TopRows(K), 0);
    }

    /// <summary>Starts over with what has been found as the bar.</summary>
    public void StartOver()
    {
        var next = new TopRows(K);
        next.StartAt(ref Best);
        Best.Dispose();
        (Best, Pending) = (next, 0);
    }

    /// <summary>Raises the bar to what has been found.</summary>
    public void RaiseBar() => Bar = float.IsNaN(Best.Threshold) ? double.NegativeInfinity : Data.Space.FromScore(Best.Threshold, _squaredLength) - _rounding;

    /// <summary>Whether the vector of a row in the immutable part may be found; -1 is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsLive(int row)
    {
        if (row < 0 || (_eligible is not null && !_eligible.Contains(row))) return false;
        int[]? removed = State.RemovedAt;
        if (removed is null) return true;
        int at = Volatile.Read(ref removed[row]);
        return at == 0 || at > _version;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int row) => DotProduct.Prefetch(_vectors + ((long)row * _dimension), _dimension);

    /// <summary>The score of a row of the immutable part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int row) => _scorer.Metric == VectorMetric.InnerProduct && row < _safeRows
        ? DotProduct.OneRow(_vectors + ((long)row * _dimension), Given, _dimension)
        : _scorer.Score(row, Given, _factor);

    /// <summary>Scores rows of the immutable part, ascending over all calls, and takes the best.</summary>
    public void Take(ReadOnlySpan<int> rows) => _scorer.Take(rows, Given, _factor, ref Best);

    /// <summary>Offers what isn't coded: rows that can't be, and vectors set since the immutable part was built.</summary>
    public void OfferUncoded()
    {
        for (int i = 0; i < Data.Header->OddRows; i++)
        {
            if (IsLive(Data.OddRows[i])) Best.OfferAny(Score(Data.OddRows[i]), Data.OddRows[i]);
        }

        State.Tail.Offer(_scorer.Metric, Given, _factor, _version, _eligible, ref Best);
    }

    private void GrowBlocks(int count)
    {
        int room = Math.Max(256, 2 * count);
        int* blocks = Pinned<int>(room + CodeScan.ListedAhead);
        new ReadOnlySpan<int>(Blocks, ListsOfBlocks.Length).CopyTo(new Span<int>(blocks, room));
        int[] lists = ListsOfBlocks;
        Array.Resize(ref lists, room);
        Blocks = blocks;
        ListsOfBlocks = lists;
    }

    private T* Pinned<T>(int length)
        where T : unmanaged
    {
        T[] array = GC.AllocateArray<T>(length + (64 / sizeof(T)), pinned: true);
        _pinned.Add(array);
        return (T*)(((nint)Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) + 63) & ~63);
    }
}
