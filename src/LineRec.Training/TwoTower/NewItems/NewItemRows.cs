namespace LineRec.Training;

/// <summary>Rows of the item table for items that training never saw, from their attributes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class NewItemRows
{
    private const double HalfTrusted = 5; // positives of an item whose row counts half as much as a perfectly known one
    private const int MostFitted = 50_000; // the most popular items: enough for some hundred attributes, and bounded time
    private readonly EmbeddingTable _items;
    private readonly float[] _weights;
    private readonly int[] _fitted, _new;

    /// <param name="items">The item table; a row of zeros is one that wasn't trained.</param>
    /// <param name="positives">How often each item was a positive.</param>
    public NewItemRows(EmbeddingTable items, int[] positives)
    {
        _items = items;
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
        var regression = new AttributeRegression(attributes, _items.Width);
        double explained = regression.Fit(_fitted, _items.Values, _weights);
        foreach (int item in _new) regression.Predict(item, _items[item]);
        return new NewItemsReport(_new.Length, explained);
    }

    /// <summary>Clears new items' rows in a copy of the table: what was placed isn't learnt, and is placed anew by whoever goes on.</summary>
    public void Forget(float[] rows)
    {
        foreach (int item in _new) rows.AsSpan(item * _items.Width, _items.Width).Clear();
    }
}
