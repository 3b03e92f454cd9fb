using System.Text.Json.Serialization;

namespace LineRec.Tracking;

/// <summary>The spool's own JSON.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TrackingWrite))]
internal sealed partial class SpoolJson : JsonSerializerContext;
