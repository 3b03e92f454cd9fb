using LineRec.Features;

namespace LineRec.Training;

/// <summary>What state.json holds.</summary>
internal sealed record TwoTowerStateDocument
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required DateTimeOffset TrainedUntil { get; init; }

    public required int Dimension { get; init; }

    /// <summary>The width of category rows; 0 without.</summary>
    public required int CategoryDimension { get; init; }

    public required int UserHiddenWidth { get; init; }

    public required int ItemHiddenWidth { get; init; }

    public required HistoryPooling HistoryPooling { get; init; }

    public required SequenceModel SequenceModel { get; init; }

    /// <summary>The names of the dense features; empty where they weren't given.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>How the dense features are standardised; null without.</summary>
    public FeatureScale? FeatureScale { get; init; }

    /// <summary>The values of each dense parameter.</summary>
    public required IReadOnlyList<int> DenseLengths { get; init; }

    /// <summary>The power of popularity that was chosen.</summary>
    public required double PopularityExponent { get; init; }
}
