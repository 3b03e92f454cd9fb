namespace LineRec.Training;

/// <summary>
/// EASE by the Gram matrix of the most popular items, or of all. An item that isn't among them is predicted by the ridge regression on those
/// that are, P·XᵀX: for it no diagonal has to be kept at zero.
/// </summary>
internal sealed class EaseItemSolution : IEaseSolution
{
    private readonly InteractionMatrix _train;
    private readonly int[] _items;
    private readonly int[] _rowOf;
    private readonly SymmetricTiles _inverse;

    public EaseItemSolution(InteractionMatrix train, double regularisation, int size, Workers workers, IProgress<double>? progress)
    {
        _train = train;
        _items = train.MostPopular(size);
        _rowOf = [.. Enumerable.Repeat(-1, train.ItemCount)];
        for (int row = 0; row < size; row++) _rowOf[_items[row]] = row;
        _inverse = new SymmetricTiles(size);
        for (int row = 0; row < size; row++) FillRow(row, regularisation);
        SymmetricInverse.Invert(_inverse, workers, progress);
    }

    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        var sums = new float[_items.Length];
        foreach (int item in history)
            if (_rowOf[item] is >= 0 and var row) _inverse.AddRow(row, 1, sums);
        scores.Clear();
        if (_items.Length < scores.Length) ScoreOthers(sums, scores);
        for (int row = 0; row < _items.Length; row++) scores[_items[row]] = -sums[row] / _inverse[row, row];
        foreach (int item in history)
            if (_rowOf[item] is >= 0 and var row) scores[item] += 1; // an item doesn't predict itself
    }

    private void FillRow(int row, double regularisation)
    {
        foreach (int user in _train.UsersOf(_items[row]))
        {
            foreach (int item in _train.ItemsOf(user))
            {
                if (_rowOf[item] is >= 0 and var column) _inverse.Count(row, column);
            }
        }

        _inverse[row, row] += (float)regularisation;
    }

    // (sums · Xᵖᵀ) · Xᵒ: over the users, each with what its popular items are worth.
    private void ScoreOthers(float[] sums, Span<float> scores)
    {
        for (int user = 0; user < _train.UserCount; user++)
        {
            float worth = 0;
            foreach (int item in _train.ItemsOf(user))
                if (_rowOf[item] is >= 0 and var row) worth += sums[row];
            foreach (int item in _train.ItemsOf(user)) scores[item] += worth;
        }
    }
}
