using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Both towers and their tables, the loss of a batch and where its gradients go.</summary>
/// <remarks>
/// Not thread-safe. The tables are plain memory: a step gathers the rows it needs into small leaf tensors, lets Torch compute the
/// loss and the gradients of those, and applies them to the rows. So a step costs the same however many items there are.
/// </remarks>
internal sealed class TwoTowerNetwork : IDisposable
{
    private const double InitialDeviation = 0.05;
    private const int EncodeRows = 4096;
    private readonly TwoTowerOptions _options;
    private readonly ItemInputs _inputs;
    private float[] _gathered = [], _categories = [], _features = [];
    private BatchLeaves? _leaves; // of the last loss

    public TwoTowerNetwork(TwoTowerOptions options, ItemInputs inputs)
    {
        (_options, _inputs) = (options, inputs);
        var random = new Random(options.Seed);
        Items = new EmbeddingTable(inputs.Count, options.Dimension, random, InitialDeviation);
        Histories = options.SharesItemTable ? Items : new EmbeddingTable(inputs.Count, options.Dimension, random, InitialDeviation);
        if (inputs.CategoryRows is not null) Categories = new EmbeddingTable(inputs.CategoryCount, options.CategoryDimension, random, InitialDeviation);
        UserTower = new UserTower(options, random);
        ItemTower = new ItemTower(options, Categories?.Width ?? 0, inputs.FeatureScale, random);
        DenseParameters = [.. UserTower.Parameters, .. ItemTower.Parameters];
        Optimizers =
        [
            new AdamOptimizer(DenseParameters, options.DenseLearningRate),
            .. ItemTables.Select(t => new TableOptimizer(t, options.LearningRate)),
            .. Categories is null ? (TableOptimizer[])[] : [new TableOptimizer(Categories, options.LearningRate)],
        ];
    }

    /// <summary>The rows that the item tower reads.</summary>
    public EmbeddingTable Items { get; }

    /// <summary>The rows that histories are read from: <see cref="Items"/>, unless the options name another table.</summary>
    public EmbeddingTable Histories { get; }

    public EmbeddingTable? Categories { get; }

    public UserTower UserTower { get; }

    public ItemTower ItemTower { get; }

    /// <summary>The tables with a row an item, each once.</summary>
    public IReadOnlyList<EmbeddingTable> ItemTables => ReferenceEquals(Items, Histories) ? [Items] : [Items, Histories];

    /// <summary>How many numbers training changes: the tables' and the towers'.</summary>
    public long ParameterCount => ItemTables.Sum(t => (long)t.Values.Length) + (Categories?.Values.Length ?? 0) + DenseParameters.Sum(p => p.numel());

    /// <summary>What training changes beside the tables: the user tower's parameters, then the item tower's.</summary>
    public IReadOnlyList<Parameter> DenseParameters { get; }

    /// <summary>Adam over the dense layers and lazy Adam over each table.</summary>
    public IReadOnlyList<ITrainingOptimizer> Optimizers { get; }

    /// <summary>The mean loss of a batch's positives. Its tensors belong to the dispose scope that is current.</summary>
    public Tensor Loss(TwoTowerBatch batch)
    {
        var history = UserTower.Read(batch.Histories, Histories);
        history.Rows.requires_grad_();
        // Where the positives don't lead the candidates, they are gathered behind them.
        List<int> ownItems = batch.Own?.Items ?? [];
        int[] rows = batch.LeadsWithPositives ? [.. batch.Candidates, .. ownItems] : [.. batch.Candidates, .. ownItems, .. batch.Positives];
        int candidates = batch.Candidates.Count, own = ownItems.Count, positivesAt = batch.LeadsWithPositives ? 0 : candidates + own;
        var (item, category, features) = Gather(rows, train: true);

        var users = UserTower.Forward(history.Rows, history.Weights);
        var items = ItemTower.Forward(item, category, features);
        _leaves = new BatchLeaves(history, rows, item, category);
        return TwoTowerObjective.Of(_options, batch, users, items.narrow(0, 0, candidates), items.narrow(0, candidates, own), items.narrow(0, positivesAt, batch.Positives.Count));
    }

    /// <summary>Adds the gradients of the last <see cref="Loss"/>, once they are computed, to the rows of the tables that they belong to.</summary>
    public void AccumulateGradients()
    {
        var (history, rows, item, category) = _leaves!;
        history.Accumulate(Histories);
        Accumulate(Items, rows, item);
        if (Categories is not null) Accumulate(Categories, [.. rows.Select(r => _inputs.CategoryRows![r])], category!);
        _leaves = null;
    }

    /// <summary>Names all that training changes, the optimisers' moments aside.</summary>
    public void ExchangeWeights(TrainingState state)
    {
        state.Values("items", Items.Values.AsSpan());
        if (ItemTables.Count > 1) state.Values("histories", Histories.Values.AsSpan());
        if (Categories is not null) state.Values("categories", Categories.Values.AsSpan());
        for (int i = 0; i < DenseParameters.Count; i++) state.Values($"dense{i}", DenseParameters[i]);
    }

    /// <summary>Vectors of length 1 of a batch's users [examples, D].</summary>
    public Tensor EncodeUsers(TwoTowerBatch batch)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var history = UserTower.Read(batch.Histories, Histories);
        return UserTower.Forward(history.Rows, history.Weights).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Vectors of length 1 of users by their histories.</summary>
    /// <param name="events">The events.</param>
    /// <param name="histories">Where each user's history is among them.</param>
    /// <returns>[histories, D]; a row of zeros for a history that picks nothing.</returns>
    public float[] EncodeUsers(InteractionTable events, IReadOnlyList<(int From, int To)> histories)
    {
        using var _ = no_grad();
        var vectors = new float[checked(histories.Count * Items.Width)];
        var picked = new PickedHistories(events, _options.HistoryPooling);
        for (int from = 0; from < histories.Count; from += EncodeRows)
        {
            using var scope = NewDisposeScope();
            picked.Clear();
            var empty = new List<int>();
            int count = Math.Min(EncodeRows, histories.Count - from);
            for (int i = 0; i < count; i++)
            {
                if (picked.Add(histories[from + i].From, histories[from + i].To) == 0) empty.Add(i);
            }

            var part = vectors.AsSpan(from * Items.Width, count * Items.Width);
            var inputs = UserTower.Read(picked, Histories);
            UserTower.Forward(inputs.Rows, inputs.Weights).Floats().CopyTo(part);
            foreach (int user in empty) part.Slice(user * Items.Width, Items.Width).Clear();
        }

        return vectors;
    }

    /// <summary>Vectors of length 1 of some items.</summary>
    public Tensor EncodeItems(int[] rows)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (item, category, features) = Gather(rows, train: false);
        return ItemTower.Forward(item, category, features).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        UserTower.Dispose();
        ItemTower.Dispose();
    }

    private static void Accumulate(EmbeddingTable table, int[] rows, Tensor leaf)
    {
        if (leaf.grad is not { } gradient) return;
        var values = gradient.contiguous().Floats();
        for (int i = 0; i < rows.Length; i++) table.Accumulate(rows[i], values.Slice(i * table.Width, table.Width));
    }

    private (Tensor Item, Tensor? Category, Tensor? Features) Gather(int[] rows, bool train)
    {
        var item = Reserve(ref _gathered, rows.Length * Items.Width);
        for (int i = 0; i < rows.Length; i++) Items[rows[i]].CopyTo(item[(i * Items.Width)..]);
        Tensor? category = null, features = null;
        if (Categories is not null)
        {
            var gathered = Reserve(ref _categories, rows.Length * Categories.Width);
            for (int i = 0; i < rows.Length; i++) Categories[_inputs.CategoryRows![rows[i]]].CopyTo(gathered[(i * Categories.Width)..]);
            category = Leaf(gathered, rows.Length, Categories.Width, train);
        }

        if (_inputs.Features is { } matrix)
        {
            var gathered = Reserve(ref _features, rows.Length * matrix.Columns);
            for (int i = 0; i < rows.Length; i++) matrix[rows[i]].CopyTo(gathered[(i * matrix.Columns)..]);
            features = Leaf(gathered, rows.Length, matrix.Columns, train: false);
        }

        return (Leaf(item, rows.Length, Items.Width, train), category, features);
    }

    private static Tensor Leaf(ReadOnlySpan<float> values, int rows, int width, bool train = true)
    {
        var leaf = empty(rows, width);
        values.CopyTo(leaf.Floats());
        return train ? leaf.requires_grad_() : leaf;
    }

    private static Span<float> Reserve(ref float[] buffer, int length)
    {
        if (buffer.Length < length) buffer = new float[length + (length / 2)];
        return buffer.AsSpan(0, length);
    }

    // What a loss was computed from: the rows of the tables as tensors that gather gradients.
    private sealed record BatchLeaves(UserInputs History, int[] Rows, Tensor Item, Tensor? Category);
}
