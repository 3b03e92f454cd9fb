using System.Text.Json;
using System.Text.Json.Serialization;

namespace LineRec.Recipes;

/// <summary>How records, reports and what <c>--json</c> prints are written.</summary>
internal static class RecipeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string ToText<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static void Write<T>(string path, T value) => File.WriteAllText(path, ToText(value) + "\n");

    /// <summary>Replaces a file at once: a reader sees the old one or the new one.</summary>
    public static void Replace<T>(string path, T value) => TextFile.Replace(path, ToText(value) + "\n");

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new InvalidDataException($"'{path}' is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' is damaged: {e.Message}", e);
        }
    }
}
