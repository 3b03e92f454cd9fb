using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>A number column as its z-score, (x - mean) / deviation over the catalog, or as a transform says; missing is NaN or infinite.</summary>
public sealed record NumberFeature : ItemFeature
{
    /// <summary>The number column of the catalog.</summary>
    public required string Column { get; init; }

    /// <summary>Whether log(1 + x) is taken first, mirrored for negative x.</summary>
    public bool Log { get; init; }

    /// <summary>What takes the z-score's place; null for the z-score.</summary>
    public NumberTransform? Transform { get; init; }

    /// <summary>What a missing number counts as. Default: the mean, and a flag.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MissingNumber Missing { get; init; }

    /// <summary>The number of <see cref="MissingNumber.Constant"/>, in the column's unit; otherwise ignored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MissingConstant { get; init; }

    internal override string? SourceColumn => Column;

    internal override NumberTransform? OwnTransform => Transform;

    internal override IReadOnlyList<ItemColumn> Fit(ItemStatistics statistics, FittedRun saved)
    {
        var column = FeatureNames.Require<NumberColumn>(statistics.Catalog, Column, nameof(NumberFeature));
        return Log
            ? new NumberColumns($"{Column}_log", Transform, Missing, LogScale.Signed((float)MissingConstant)).Make(column.Count, row => LogScale.Signed(column[row]), saved.First)
            : new NumberColumns(Column, Transform, Missing, MissingConstant).Make(column.Count, row => column[row], saved.First);
    }
}
