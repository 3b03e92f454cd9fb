namespace LineRec.Features;

/// <summary>
/// A fitted spec compiled against a catalog and its tables: the one encoder of training and serving. Three blocks of floats, all finite:
/// user [UserWidth] a request, item [items, ItemWidth] a bundle, cross [candidates, CrossWidth] a request.
/// </summary>
/// <remarks>
/// Thread-safe. Encoding allocates nothing after warm-up. A candidate's cross values depend on the request, on the candidate, and, for
/// source ranks and list context, on which other candidates there are; never on their order.
/// </remarks>
public sealed class FeatureEncoder : IDisposable
{
    private readonly UserEncoding[] _user;
    private readonly CrossEncoding[] _cross;
    private readonly int[] _positionColumns;
    private readonly ScratchPool<EncodeScratch> _scratch;
    private readonly NpyMatrix<float>? _ownedBlock;

    private FeatureEncoder(FittedFeatures fitted, Catalog catalog, Func<string, NpyMatrix<float>> tables)
    {
        var parts = new EncoderParts(fitted, catalog, tables);
        Fitted = fitted;
        _user = [.. fitted.Spec.User.Select(f => f.Compile(parts))];
        _cross = [.. fitted.Spec.Cross.Select(f => f.Compile(parts))];
        _positionColumns = [.. fitted.Spec.Cross.Index().Where(f => f.Item is PositionFeature).Select(f => _cross.Take(f.Index).Sum(e => e.Names.Count))];
        UserNames = [.. _user.SelectMany(e => e.Names)];
        CrossNames = [.. _cross.SelectMany(e => e.Names)];
        FeatureNames.RequireDistinct(UserNames, "user");
        FeatureNames.RequireDistinct(CrossNames, "cross");
        GatheredColumns[] gathered = [.. fitted.Spec.Item.Select(f => f.Gather(parts)).OfType<GatheredColumns>()];
        ItemNames = [.. fitted.ItemColumns.Select(c => c.Name), .. gathered.SelectMany(g => Enumerable.Range(0, g.Table.Columns).Select(i => $"{g.Name}_{i}"))];
        FeatureNames.RequireDistinct(ItemNames, "item");
        _ownedBlock = gathered.Length == 0 ? null : Join(fitted, catalog.Count, gathered, ItemNames.Count);
        ItemBlock = _ownedBlock ?? fitted.Items;
        CodeGrouping[] groupings = [.. parts.Groupings];
        _scratch = new ScratchPool<EncodeScratch>(() => new EncodeScratch(new HistorySummary(groupings, catalog.Price)));
    }

    /// <summary>The spec and its fitted state.</summary>
    public FittedFeatures Fitted { get; }

    /// <summary>Values of the user block.</summary>
    public int UserWidth => UserNames.Count;

    /// <summary>Values of an item's row of the item block.</summary>
    public int ItemWidth => ItemNames.Count;

    /// <summary>Values of a candidate's row of the cross block.</summary>
    public int CrossWidth => CrossNames.Count;

    /// <summary>The columns' names of the user block, in order.</summary>
    public IReadOnlyList<string> UserNames { get; }

    /// <summary>The columns' names of the item block, in order: fitted ones first, then those gathered from tables.</summary>
    public IReadOnlyList<string> ItemNames { get; }

    /// <summary>The columns' names of the cross block, in order.</summary>
    public IReadOnlyList<string> CrossNames { get; }

    /// <summary>The item block, by catalog row; where <see cref="ItemWidth"/> is 0, one column of zeros.</summary>
    public NpyMatrix<float> ItemBlock { get; }

    /// <summary>Compiles a fitted spec. O(items × columns) where tables are joined, else O(columns).</summary>
    /// <param name="fitted">The spec and its state; it must outlive the encoder.</param>
    /// <param name="catalog">The catalog that it was fitted with.</param>
    /// <param name="tables">Finds an embedding table by name ("item" for tables/item.npy); the tables must outlive the encoder.</param>
    /// <exception cref="ArgumentException">The catalog lacks a column, or has another number of items.</exception>
    /// <exception cref="InvalidOperationException">A table isn't aligned with the catalog.</exception>
    public static FeatureEncoder Create(FittedFeatures fitted, Catalog catalog, Func<string, NpyMatrix<float>> tables)
    {
        if (fitted.ItemCount != catalog.Count)
            throw new ArgumentException($"The features were fitted to {fitted.ItemCount} items; the catalog has {catalog.Count}. Fit them with this catalog.", nameof(catalog));
        return new FeatureEncoder(fitted, catalog, tables);
    }

    /// <summary>Encodes the user and the request. O(events + width).</summary>
    /// <param name="context">The request.</param>
    /// <param name="values">Receives <see cref="UserWidth"/> values.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public void EncodeUser(RequestContext context, Span<float> values)
    {
        if (values.Length != UserWidth) throw new ArgumentException($"The user block has {UserWidth} values; the span has room for {values.Length}.", nameof(values));
        var scratch = _scratch.Rent();
        scratch.Begin(context, default, userOnly: true);
        values.Clear();
        foreach (var encoding in _user)
        {
            encoding.Encode(scratch, values[..encoding.Names.Count]);
            values = values[encoding.Names.Count..];
        }

        scratch.End();
        _scratch.Return(scratch);
    }

    /// <summary>Encodes the candidates of a request. O(events + candidates × width), and n log n a source.</summary>
    /// <param name="context">The request.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="values">Receives [candidates, <see cref="CrossWidth"/>], row after row.</param>
    /// <param name="positions">The slot in which each candidate was shown, from 1; empty in serving, where every candidate counts as in slot 1.</param>
    /// <exception cref="ArgumentException">A span or the positions have another length.</exception>
    public void EncodeCross(RequestContext context, CandidateTable candidates, Span<float> values, ReadOnlyMemory<int> positions = default)
    {
        if (values.Length != (long)candidates.Count * CrossWidth) throw new ArgumentException($"The cross block of {candidates.Count} candidates has {(long)candidates.Count * CrossWidth} values; the span has room for {values.Length}.", nameof(values));
        if (!positions.IsEmpty && positions.Length != candidates.Count) throw new ArgumentException($"{positions.Length} positions were given for {candidates.Count} candidates.", nameof(positions));
        var scratch = _scratch.Rent();
        scratch.Begin(context, positions, userOnly: false);
        values.Clear();
        int first = 0;
        foreach (var encoding in _cross)
        {
            if (candidates.Count > 0) encoding.Encode(scratch, candidates, new CrossColumns(values, CrossWidth, first));
            first += encoding.Names.Count;
        }

        scratch.End();
        _scratch.Return(scratch);
    }

    /// <summary>
    /// Writes the slots in which candidates were shown into a cross block that was encoded without them, in serving: the block is then as <see cref="EncodeCross"/> gives it with these
    /// positions, bit for bit. A spec without a position feature leaves it as it is.
    /// </summary>
    /// <param name="cross">[candidates, <see cref="CrossWidth"/>].</param>
    /// <param name="positions">A slot a candidate, from 1.</param>
    /// <exception cref="ArgumentException">The block has another number of rows.</exception>
    public void SetPositions(Span<float> cross, ReadOnlySpan<int> positions)
    {
        if (cross.Length != (long)positions.Length * CrossWidth) throw new ArgumentException($"The cross block of {positions.Length} candidates has {(long)positions.Length * CrossWidth} values, not {cross.Length}.", nameof(cross));
        foreach (int first in _positionColumns)
        {
            for (int i = 0; i < positions.Length; i++) PositionFeature.Write(positions[i], i, new CrossColumns(cross, CrossWidth, first));
        }
    }

    /// <summary>Frees the item block where it was joined from tables; neither the fitted state nor the tables.</summary>
    public void Dispose() => _ownedBlock?.Dispose();

    private static NpyMatrix<float> Join(FittedFeatures fitted, int items, GatheredColumns[] gathered, int width)
    {
        var values = new float[checked(items * width)];
        for (int row = 0; row < items; row++)
        {
            var to = values.AsSpan(row * width, width);
            fitted.Items[row][..fitted.ItemColumns.Count].CopyTo(to);
            to = to[fitted.ItemColumns.Count..];
            foreach (var columns in gathered)
            {
                columns.Table[columns.RowOf(row)].CopyTo(to);
                to = to[columns.Table.Columns..];
            }
        }

        return new NpyMatrix<float>(values, width);
    }
}
