namespace LineRec.Data;

/// <summary>A column of one row group as Parquet stores it.</summary>
/// <param name="values">The values that aren't null, in row order; longer than they are many.</param>
/// <param name="levels">A definition level a row; null where no row can be null.</param>
/// <param name="defined">The level of a row that has a value.</param>
internal readonly struct StoredColumn<T>(T[] values, int[]? levels, int defined)
{
    /// <summary>Spreads the values over the rows.</summary>
    public TOut[] Spread<TOut>(TOut missing, Func<T, TOut> convert)
    {
        var result = new TOut[values.Length];
        int next = 0;
        for (int row = 0; row < result.Length; row++)
            result[row] = levels is null || levels[row] == defined ? convert(values[next++]) : missing;
        return result;
    }
}
