namespace LineRec.Features;

/// <summary>
/// Declares the features of a model once, for training and serving, in three blocks: of the user (computed once a request), of the
/// item (once a bundle) and of the pair (once a request and candidate).
/// </summary>
/// <remarks>Immutable and thread-safe. Fit it with <see cref="FeatureFitter"/>; compile the result with <see cref="FeatureEncoder"/>.</remarks>
public sealed record FeatureSpec
{
    /// <summary>How a history becomes a vector, for the user tower and <see cref="PooledHistoryFeature"/>.</summary>
    public HistoryPooling History { get; init; } = new();

    /// <summary>Features of the user and the request.</summary>
    public IReadOnlyList<UserFeature> User { get; init; } = [];

    /// <summary>Features of the item alone.</summary>
    public IReadOnlyList<ItemFeature> Item { get; init; } = [];

    /// <summary>Features of a candidate in a request.</summary>
    public IReadOnlyList<CrossFeature> Cross { get; init; } = [];

    /// <summary>Builds a spec.</summary>
    /// <param name="configure">Names the features.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public static FeatureSpec Create(Action<FeatureSpecBuilder> configure)
    {
        var builder = new FeatureSpecBuilder();
        configure(builder);
        return builder.Build();
    }
}
