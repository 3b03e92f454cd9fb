using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>A feature of a candidate in a request: computed once a request and candidate. Values are on log scales, shares, ratios or flags, always finite.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SourceScoresFeature), "source-scores")]
[JsonDerivedType(typeof(OwnHistoryFeature), "own-history")]
[JsonDerivedType(typeof(SessionFeature), "session")]
[JsonDerivedType(typeof(ShareFeature), "share")]
[JsonDerivedType(typeof(PriceRatioFeature), "price-ratio")]
[JsonDerivedType(typeof(ListContextFeature), "list-context")]
[JsonDerivedType(typeof(ListDistanceFeature), "list-distance")]
[JsonDerivedType(typeof(AgeFeature), "age")]
[JsonDerivedType(typeof(SimilarityFeature), "similarity")]
[JsonDerivedType(typeof(PositionFeature), "position")]
public abstract record CrossFeature
{
    private protected CrossFeature()
    {
    }

    internal abstract CrossEncoding Compile(EncoderParts parts);
}
