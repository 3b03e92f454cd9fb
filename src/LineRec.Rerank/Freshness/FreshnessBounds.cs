namespace LineRec.Rerank;

/// <summary>
/// How many new items a slate may hold: the least is min · size rounded up, the most is max · size rounded down, but never under the
/// least. 5 to 10 % are 1 or 2 of 20, and 1 of 5.
/// </summary>
/// <param name="Least">At least so many, while there are new candidates.</param>
/// <param name="Most">At most so many, while there are others.</param>
internal readonly record struct FreshnessBounds(int Least, int Most)
{
    /// <summary>Shares such as 0.1 · 20 are a hair over or under the whole number that is meant.</summary>
    private const double Hair = 1e-9;

    public static FreshnessBounds Of(double min, double max, int size)
    {
        int least = (int)Math.Ceiling((min * size) - Hair);
        return new FreshnessBounds(least, Math.Max(least, (int)Math.Floor((max * size) + Hair)));
    }

    /// <summary>Whether a slate that holds so many is no further outside than one that holds so many was.</summary>
    public bool AllowsChange(int from, int to) => (to >= Least || to >= from) && (to <= Most || to <= from);
}
