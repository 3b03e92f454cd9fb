using System.Numerics.Tensors;
using TorchSharp;

namespace LineRec.Training;

/// <summary>An earlier model's weights on the rows of today's catalog.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class TwoTowerStart
{
    private readonly TwoTowerState _state;
    private readonly Catalog _catalog;
    private readonly int[] _earlier; // each item's row then, or -1
    private readonly bool[] _trained;

    /// <summary>Matches items by id.</summary>
    /// <exception cref="ArgumentException">The towers are of another shape than the earlier ones; the message names all that differs.</exception>
    public TwoTowerStart(TwoTowerState state, Catalog catalog, NpyMatrix<float>? features, TwoTowerOptions options)
    {
        (_state, _catalog) = (state, catalog);
        TwoTowerStateMismatch.Refuse(state, catalog, features, options);
        var rows = new Dictionary<string, int>(state.ItemCount, StringComparer.Ordinal);
        for (int row = 0; row < state.ItemCount; row++) rows.Add(state.Keys.Items[row], row);
        _earlier = [.. Enumerable.Range(0, catalog.Count).Select(row => rows.GetValueOrDefault(catalog.IdOf(row), -1))];
        _trained = [.. _earlier.Select(row => row >= 0 && state.Weights.Items.AsSpan(row * state.Dimension, state.Dimension).ContainsAnyExcept(0f))];
    }

    public TwoTowerState State => _state;

    /// <summary>The time of the last event that the earlier model knew, in milliseconds since 1970.</summary>
    public long Until => _state.TrainedUntil.ToUnixTimeMilliseconds();

    /// <summary>Whether the earlier model learnt something of an item.</summary>
    public bool Trained(int item) => _trained[item];

    /// <summary>How often an item was a positive until then.</summary>
    public int Count(int item) => _earlier[item] < 0 ? 0 : _state.Counts[_earlier[item]];

    /// <summary>
    /// Sets a network's weights: those of known items and categories and of the dense layers as they were; other items start from the
    /// mean of their category's trained ones, or as drawn where it has none.
    /// </summary>
    public void Apply(TwoTowerNetwork network)
    {
        if (network.Categories is { } categories)
        {
            var names = _state.Keys.Categories!.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
            var values = _catalog.Category!.Values;
            Earlier(0).CopyTo(categories[0]);
            for (int code = 0; code < values.Length; code++)
            {
                if (names.TryGetValue(values[code], out int then)) Earlier(then + 1).CopyTo(categories[code + 1]);
            }

            ReadOnlySpan<float> Earlier(int row) => _state.Weights.Categories.AsSpan(row * categories.Width, categories.Width);
        }

        foreach (var (parameter, values) in network.DenseParameters.Zip(_state.Weights.Dense)) values.CopyTo(parameter.Floats());
        Apply(_state.Weights.Items, network.Items);
        if (_state.Weights.Histories is { } histories) Apply(histories, network.Histories);
    }

    /// <summary>What became of the catalog and of known items' vectors.</summary>
    /// <param name="vectors">Today's vectors [items, D].</param>
    /// <param name="recallBefore">See <see cref="TwoTowerContinuation.RecallBefore"/>.</param>
    public TwoTowerContinuation Compare(NpyMatrix<float> vectors, double recallBefore)
    {
        List<float> cosines = [];
        for (int item = 0; item < _earlier.Length; item++)
        {
            if (!_trained[item]) continue;
            float cosine = TensorPrimitives.CosineSimilarity(_state.Vectors.AsSpan(_earlier[item] * _state.Dimension, _state.Dimension), vectors[item]);
            if (!float.IsNaN(cosine)) cosines.Add(cosine);
        }

        cosines.Sort();
        int known = _earlier.Count(row => row >= 0);
        return new TwoTowerContinuation
        {
            KnownItems = known, NewItems = _earlier.Length - known, RemovedItems = _state.ItemCount - known, RecallBefore = recallBefore,
            MeanCosine = cosines.Count == 0 ? double.NaN : cosines.Average(c => (double)c),
            LowCosine = cosines.Count == 0 ? double.NaN : cosines[cosines.Count / 20],
        };
    }

    private void Apply(float[] rows, EmbeddingTable table)
    {
        var means = CategoryMeans(rows);
        for (int item = 0; item < _earlier.Length; item++)
        {
            if (_trained[item]) rows.AsSpan(_earlier[item] * table.Width, table.Width).CopyTo(table[item]);
            else if (_catalog.Category is { } category && means.TryGetValue(category.Codes[item], out float[]? mean)) mean.CopyTo(table[item]);
        }
    }

    // By code of today's category column; -1, the missing category, is no likeness.
    private Dictionary<int, float[]> CategoryMeans(float[] rows)
    {
        var means = new Dictionary<int, float[]>();
        if (_catalog.Category is not { } category) return means;
        var counts = new int[category.Values.Length];
        for (int item = 0; item < _earlier.Length; item++)
        {
            int code = category.Codes[item];
            if (code < 0 || !_trained[item]) continue;
            if (!means.TryGetValue(code, out float[]? sum)) means.Add(code, sum = new float[_state.Dimension]);
            TensorPrimitives.Add(sum, rows.AsSpan(_earlier[item] * _state.Dimension, _state.Dimension), sum);
            counts[code]++;
        }

        foreach (var (code, sum) in means) TensorPrimitives.Divide(sum, counts[code], sum);
        return means;
    }
}
