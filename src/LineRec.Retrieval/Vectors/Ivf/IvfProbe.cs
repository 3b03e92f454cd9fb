namespace LineRec.Retrieval;

/// <summary>How far an <see cref="IvfIndex"/> searches: the trade of recall for time.</summary>
public sealed record IvfProbe
{
    /// <summary>Goes through all vectors by proven bounds: answers are exact.</summary>
    public static IvfProbe Exact { get; } = new() { IsExact = true };

    /// <summary>Whether answers are exact; the other settings then don't matter.</summary>
    public bool IsExact { get; init; }

    /// <summary>The least chance to be among the best k at which vectors are looked at, over 0 and under 1: less finds more and takes longer.</summary>
    public float LeastChance
    {
        get;
        init
        {
            field = value;
            Distance = NormalTail.PointOf(value);
        }
    } = IvfDefaults.LeastChance;

    /// <summary>The same in deviations of a list's scores.</summary>
    internal float Distance { get; private init; } = NormalTail.PointOf(IvfDefaults.LeastChance);

    /// <summary>How many vectors are scored in full for each one asked for, 1 or more: repairs the order that 4-bit codes give.</summary>
    public float RefineFactor { get; init; } = IvfDefaults.RefineFactor;
}
