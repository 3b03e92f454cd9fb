namespace LineRec.Training;

/// <summary>Rows of the item tables for items that training never saw, from their attributes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class NewItemRows
{
    private const double HalfTrusted = 5; // positives of an item whose row counts half as much as a perfectly known one
    private const int MostFitted = 50_000; // the most popular items: enough for some hundred attributes, and bounded time
    private readonly IReadOnlyList<EmbeddingTable> _tables;
    private readonly float[] _weights;
    private readonly int[] _fitted, _new;

    /// <param name="tables">The item tower's table, and that of histories where it is another; a row of zeros in the first is one that wasn't trained.</param>
    /// <param name="positives">How often each item was a positive.</param>
    public NewItemRows(IReadOnlyList<EmbeddingTable> tables, int[] positives)
    {
        _tables = tables;
        var items = tables[0];
        _weights = [.. positives.Select(p => (float)(p / (p + HalfTrusted)))];
        _new = [.. Enumerable.Range(0, items.Rows).Where(i => !items[i].ContainsAnyExcept(0f))];
        int[] known = [.. Enumerable.Range(0, items.Rows).Where(i => positives[i] > 0).OrderByDescending(i => positives[i]).Take(MostFitted)];
        Array.Sort(known);
        _fitted = known;
    }

    /// <summary>Sets the rows of new items.</summary>
    /// <param name="attributes">[items, width].</param>
    /// <exception cref="InvalidOperationException">Too few items were trained.</exception>
    public NewItemsReport Place(NpyMatrix<float> attributes)
    {
        if (_fitted.Length < AttributeRegression.FewestItems)
            throw new InvalidOperationException($"Only {_fitted.Length} items were a positive in training; to learn what attributes say, {AttributeRegression.FewestItems} are needed. Train on a longer log, or leave new items to NewArrivals.");
        var regression = new AttributeRegression(attributes, _tables[0].Width);
        var explained = new double[_tables.Count];
        for (int i = 0; i < explained.Length; i++)
        {
            explained[i] = regression.Fit(_fitted, _tables[i].Values, _weights);
            foreach (int item in _new) regression.Predict(item, _tables[i][item]);
        }

        return new NewItemsReport(_new.Length, explained[0]);
    }

    /// <summary>Clears new items' rows in a copy of a table: what was placed isn't learnt, and is placed anew by whoever goes on.</summary>
    public void Forget(float[] rows)
    {
        foreach (int item in _new) rows.AsSpan(item * _tables[0].Width, _tables[0].Width).Clear();
    }
}
