namespace LineRec;

/// <summary>The lengths of a batch of queries and of its answers.</summary>
public static class VectorBatch
{
    /// <summary>Checks that the lengths fit each other.</summary>
    /// <param name="values">How many values the queries have together.</param>
    /// <param name="dimension">How many a query has.</param>
    /// <param name="k">Rows asked for a query.</param>
    /// <param name="rows">Room for rows.</param>
    /// <param name="scores">Room for scores.</param>
    /// <returns>How many queries there are.</returns>
    /// <exception cref="ArgumentException">They don't.</exception>
    public static int Check(int values, int dimension, int k, int rows, int scores)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        if (dimension == 0 || values % dimension != 0) throw new ArgumentException($"{values} values aren't whole queries of {dimension}.", nameof(values));
        int count = values / dimension;
        if (rows != (long)count * k) throw new ArgumentException($"There is room for {rows} rows; {count} queries of {k} each need {(long)count * k}.", nameof(rows));
        if (scores != rows) throw new ArgumentException($"Room for {rows} rows came with room for {scores} scores.", nameof(scores));
        return count;
    }
}
