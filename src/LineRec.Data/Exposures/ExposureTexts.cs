namespace LineRec.Data;

/// <summary>The texts that one pass over an exposure log shares.</summary>
internal sealed class ExposureTexts
{
    public SharedTexts Items { get; } = new();

    /// <summary>Placements, bundles, retrievers, feature states.</summary>
    public SharedTexts Words { get; } = new();
}
