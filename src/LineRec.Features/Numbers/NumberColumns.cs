namespace LineRec.Features;

/// <summary>Makes columns of the item block from a number a row, as a feature's transform and choice for missing values say.</summary>
/// <param name="Name">The columns' name without the transform's suffix.</param>
/// <param name="Transform">The transform; null for the z-score.</param>
/// <param name="Missing">What a missing number counts as.</param>
/// <param name="Constant">The number of <see cref="MissingNumber.Constant"/>.</param>
internal sealed record NumberColumns(string Name, NumberTransform? Transform, MissingNumber Missing = MissingNumber.MeanAndFlag, double Constant = 0)
{
    /// <summary>The columns of a number a row.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="raw">The number of a row; anything not finite is missing.</param>
    /// <param name="saved">The first of the columns from an earlier fit, whose parameters are taken; null learns them.</param>
    internal IReadOnlyList<ItemColumn> Make(int rows, Func<int, float> raw, FittedColumn? saved)
    {
        if (Missing == MissingNumber.Constant && !double.IsFinite(Constant)) throw new ArgumentException($"The constant for missing values of '{Name}' is {Constant}; it must be finite.");
        if (Missing == MissingNumber.OwnBucket && Transform is not BucketTransform)
            throw new ArgumentException($"Missing values of '{Name}' can have a bucket of their own only with BucketTransform. Choose {nameof(MissingNumber.MeanAndFlag)} or {nameof(MissingNumber.Constant)}.");
        Func<int, float> known = Missing == MissingNumber.Constant ? row => float.IsFinite(raw(row)) ? raw(row) : (float)Constant : row => float.IsFinite(raw(row)) ? raw(row) : float.NaN;
        return Transform is null ? ZScored(known) : Transformed(Transform, rows, known, saved);
    }

    private ItemColumn[] ZScored(Func<int, float> known)
    {
        var column = new ItemColumn(Name, true, known);
        return Missing == MissingNumber.Constant ? [column] : [column, ItemColumn.MissingFlag(Name, known)];
    }

    private List<ItemColumn> Transformed(NumberTransform transform, int rows, Func<int, float> known, FittedColumn? saved)
    {
        string name = $"{Name}_{transform.Suffix}";
        var parameters = saved?.Parameters ?? transform.Learn(Name, Ascending(rows, known));
        float Value(int row, int part)
        {
            float number = known(row);
            return float.IsNaN(number) ? float.NaN : transform.Apply(parameters, number, part);
        }

        string[] names = transform.Parts is { Count: > 0 } parts ? [.. parts.Select(p => $"{name}_{p}")] : [name];
        List<ItemColumn> columns = [.. names.Select((n, part) => new ItemColumn(n, false, row => Value(row, part))
        {
            MeanForMissing = Missing == MissingNumber.MeanAndFlag && !transform.Centred,
            Parameters = part == 0 ? parameters : null,
        })];
        if (Missing != MissingNumber.Constant) columns.Add(ItemColumn.MissingFlag(name, row => Value(row, 0)));
        return columns;
    }

    private static double[] Ascending(int rows, Func<int, float> known)
    {
        double[] values = [.. Enumerable.Range(0, rows).Select(row => (double)known(row)).Where(double.IsFinite)];
        Array.Sort(values);
        return values;
    }
}
