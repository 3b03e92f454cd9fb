using System.Text.Json;
using System.Text.Json.Nodes;

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

    /// <summary>Reads a spec from JSON, as <see cref="ToJson"/> writes it or by hand: what is left out has its default, a property or kind that doesn't exist is refused.</summary>
    /// <param name="json">The text; comments and trailing commas are allowed.</param>
    /// <exception cref="InvalidDataException">The text isn't a spec; the message says where.</exception>
    public static FeatureSpec FromJson(string json)
    {
        try
        {
            var node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (node is not JsonObject spec) throw new InvalidDataException("A feature spec is a JSON object such as { \"item\": [{ \"kind\": \"counts\" }] }.");
            SpecDefaults.Fill(spec);
            return spec.Deserialize(FeatureJson.Default.FeatureSpec)!;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"This isn't a feature spec that this version reads: {error.Message}", error);
        }
    }

    /// <summary>The spec as JSON, the same text for equal specs.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FeatureJson.Default.FeatureSpec);
}
