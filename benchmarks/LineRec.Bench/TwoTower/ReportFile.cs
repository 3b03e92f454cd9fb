using System.Text.Json;
using System.Text.Json.Serialization;

namespace LineRec.Bench.TwoTower;

/// <summary>Writes reports as JSON.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Save<T>(string path, T report) => File.WriteAllText(path, JsonSerializer.Serialize(report, Json));
}
