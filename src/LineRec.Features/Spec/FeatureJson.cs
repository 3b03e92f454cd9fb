using System.Text.Json;
using System.Text.Json.Serialization;

namespace LineRec.Features;

/// <summary>Reads and writes features.json without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FeatureDocument))]
[JsonSerializable(typeof(FeatureSpec))]
internal sealed partial class FeatureJson : JsonSerializerContext;
