namespace LineRec.Data;

/// <summary>The six comparisons, in terms of the order of two values.</summary>
internal static class Comparing
{
    /// <summary>Whether a comparison holds.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="order">Negative where the row's value is less than the condition's, 0 where equal.</param>
    public static bool Holds(DatasetComparison comparison, int order) => comparison switch
    {
        DatasetComparison.Equal => order == 0,
        DatasetComparison.NotEqual => order != 0,
        DatasetComparison.Below => order < 0,
        DatasetComparison.AtMost => order <= 0,
        DatasetComparison.Above => order > 0,
        _ => order >= 0,
    };

    /// <summary>Whether a comparison may hold for a value between a least and a greatest one.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="least">The order of the least value and the condition's.</param>
    /// <param name="greatest">The order of the greatest.</param>
    public static bool MayHold(DatasetComparison comparison, int least, int greatest) => comparison switch
    {
        DatasetComparison.Equal => least <= 0 && greatest >= 0,
        DatasetComparison.NotEqual => least != 0 || greatest != 0,
        DatasetComparison.Below => least < 0,
        DatasetComparison.AtMost => least <= 0,
        DatasetComparison.Above => greatest > 0,
        _ => greatest >= 0,
    };
}
