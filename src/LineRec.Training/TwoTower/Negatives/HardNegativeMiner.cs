using TorchSharp;
using static TorchSharp.torch;

namespace LineRec.Training;

/// <summary>Adds hard negatives to batches, from item vectors that are taken anew every so often. See <see cref="HardNegativeOptions"/>.</summary>
/// <param name="options">How many, and from where.</param>
/// <param name="items">The items that may be negatives.</param>
/// <param name="pooled">How many items of a history are pooled: so many more are searched, since those are found first and aren't negatives.</param>
/// <param name="chosen">What users chose.</param>
/// <param name="random">Draws.</param>
/// <remarks>Not thread-safe.</remarks>
internal sealed class HardNegativeMiner(HardNegativeOptions options, int[] items, int pooled, ChosenItems chosen, Random random) : IDisposable
{
    private readonly int _nearest = Math.Min(items.Length, options.Skip + options.Window + pooled);
    private readonly List<int> _window = [];
    private NpyMatrix<float>? _vectors;
    private IVectorIndex? _index;
    private ExactNearest? _exact; // where there is no index
    private int _steps;

    /// <summary>Finds them for a batch that was just filled.</summary>
    public void Add(TwoTowerBatch batch, TwoTowerNetwork network)
    {
        if (_steps++ % options.RefreshSteps == 0) Refresh(network);
        using var users = network.EncodeUsers(batch);
        int[] rows = new int[batch.Count * _nearest];
        if (_index is not null) _index.SearchBatch(users.Floats(), _nearest, rows, new float[rows.Length]);
        else _exact!.Find(users.ToFloats(), _nearest, rows);
        for (int i = 0; i < rows.Length; i++) rows[i] = rows[i] < 0 ? -1 : items[rows[i]];
        Draw(batch, rows, _nearest);
    }

    /// <summary>Draws them from what is near.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="nearest">[examples, count] items, nearest first, distinct; -1 for none.</param>
    /// <param name="count">How many there are an example.</param>
    public void Draw(TwoTowerBatch batch, ReadOnlySpan<int> nearest, int count)
    {
        batch.Own!.Clear();
        for (int example = 0; example < batch.Count; example++)
        {
            FindWindow(batch.Users[example], nearest.Slice(example * count, count));
            batch.Own.Add(batch, _window, random);
        }
    }

    /// <summary>Names the item vectors that are searched.</summary>
    public void Exchange(TrainingState state)
    {
        state.Value("steps", ref _steps);
        float[] values = _vectors?.Slice(0, _vectors.Rows).ToArray() ?? [];
        state.Values("vectors", ref values);
        if (state.IsRestoring && values.Length > 0) Search(values, values.Length / items.Length);
    }

    public void Dispose()
    {
        (_index as IDisposable)?.Dispose();
        _vectors?.Dispose();
    }

    // The nearest items that the user didn't choose, without the first ones.
    private void FindWindow(int user, ReadOnlySpan<int> nearest)
    {
        var known = chosen.Of(user);
        _window.Clear();
        int passed = 0;
        foreach (int item in nearest)
        {
            if (item < 0 || known.Contains(item) || passed++ < options.Skip) continue;
            if (_window.Count == options.Window) break;
            _window.Add(item);
        }
    }

    private void Refresh(TwoTowerNetwork network)
    {
        using var vectors = network.EncodeItems(items);
        Search(vectors.ToFloats(), network.Items.Width);
    }

    private void Search(float[] vectors, int width)
    {
        Dispose();
        _vectors = new NpyMatrix<float>(vectors, width);
        if (options.Index is null) _exact = new ExactNearest(_vectors);
        else _index = options.Index(_vectors);
    }
}
