namespace LineRec.Features;

/// <summary>features.json: the spec and the small part of the fitted state.</summary>
internal sealed record FeatureDocument
{
    internal const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required string Fingerprint { get; init; }

    public IReadOnlyList<string> RefreshOf { get; init; } = [];

    public required DateTimeOffset AsOf { get; init; }

    public required long EventCount { get; init; }

    public required int ItemCount { get; init; }

    public required IReadOnlyList<FittedColumn> ItemColumns { get; init; }

    public required FeatureSpec Spec { get; init; }
}
