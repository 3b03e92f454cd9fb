using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LineRec.Features;

/// <summary>
/// Adds to the JSON of a spec what it leaves out: the generated reader gives a missing property its type's default instead of the record's.
/// </summary>
internal static class SpecDefaults
{
    /// <summary>One of each kind, with the defaults of all that isn't required.</summary>
    internal static IReadOnlyList<object> Prototypes { get; } =
    [
        new PooledHistoryFeature(), new EventCountsFeature(), new RecentEventsFeature(), new DaysSinceLastFeature(), new HourOfDayFeature(), new DayOfWeekFeature(), new MeanPriceFeature(), new RepeatShareFeature(),
        new OneHotFeature { Column = "" }, new EmbeddingFeature { Column = "", Table = "" }, new ItemTableFeature { Table = "" }, new NumberFeature { Column = "" }, new CountsFeature(), new RecentCountsFeature(),
        new WilsonRateFeature(), new RepeatFeature(), new OrdinalFeature { Column = "", Order = [] }, new FrequencyFeature { Column = "" }, new TargetRateFeature { Column = "" }, new BagFeature { Column = "" }, new HashFeature { Column = "" },
        new SourceScoresFeature(), new OwnHistoryFeature(), new SessionFeature(), new ShareFeature { Column = "" }, new PriceRatioFeature(), new ListContextFeature(), new ListDistanceFeature { Source = "" }, new AgeFeature(), new SimilarityFeature(), new PositionFeature(),
        new MinMaxTransform(), new RobustTransform(), new YeoJohnsonTransform(), new BoxCoxTransform(), new QuantileTransform(), new BucketTransform(),
    ];

    private static readonly Dictionary<string, JsonObject> Kinds = Prototypes.ToDictionary(p => KindOf(p), DefaultsOf, StringComparer.Ordinal);

    /// <summary>Fills the spec's, the history's and each feature's object.</summary>
    internal static void Fill(JsonObject spec)
    {
        Add(spec, DefaultsOf(new FeatureSpec()));
        if (spec["history"] is JsonObject history) Add(history, DefaultsOf(new HistoryPooling()));
        foreach (string block in (ReadOnlySpan<string>)["user", "item", "cross"])
        {
            foreach (var feature in (spec[block] as JsonArray ?? []).OfType<JsonObject>()) FillKind(feature);
        }
    }

    /// <summary>The name of a record's kind.</summary>
    internal static string KindOf(object prototype) => BaseOf(prototype).PolymorphismOptions!.DerivedTypes.Single(d => d.DerivedType == prototype.GetType()).TypeDiscriminator!.ToString()!;

    private static void FillKind(JsonObject value)
    {
        if (value["kind"] is JsonValue kind && kind.GetValueKind() == JsonValueKind.String && Kinds.TryGetValue(kind.GetValue<string>(), out var defaults)) Add(value, defaults);
        foreach (var inner in value.Select(p => p.Value).OfType<JsonObject>()) FillKind(inner);
    }

    private static void Add(JsonObject value, JsonObject defaults)
    {
        foreach (var (name, property) in defaults)
        {
            if (!value.ContainsKey(name)) value.Add(name, property?.DeepClone());
        }
    }

    private static JsonTypeInfo BaseOf(object prototype) => FeatureJson.Default.GetTypeInfo(prototype switch
    {
        UserFeature => typeof(UserFeature),
        ItemFeature => typeof(ItemFeature),
        CrossFeature => typeof(CrossFeature),
        _ => typeof(NumberTransform),
    })!;

    /// <summary>A record's properties that may be left out, with their defaults.</summary>
    private static JsonObject DefaultsOf(object prototype)
    {
        var type = FeatureJson.Default.GetTypeInfo(prototype.GetType())!;
        var defaults = JsonSerializer.SerializeToNode(prototype, type)!.AsObject();
        foreach (var property in type.Properties.Where(p => p.IsRequired)) defaults.Remove(property.Name);
        return defaults;
    }
}
