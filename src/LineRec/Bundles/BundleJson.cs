using System.Text.Json;
using System.Text.Json.Serialization;

namespace LineRec;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(ModelInputKindConverter)])]
[JsonSerializable(typeof(BundleManifest))]
[JsonSerializable(typeof(BundleCampaign[]))]
internal sealed partial class BundleJson : JsonSerializerContext;

/// <summary>Writes "ids", "gathered", "dense", "weights".</summary>
internal sealed class ModelInputKindConverter() : JsonStringEnumConverter<ModelInputKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
