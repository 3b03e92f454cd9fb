using System.Text.Json.Nodes;

namespace LineRec.Tracking.Tests;

/// <summary>A model version of the made-up server.</summary>
internal sealed class VersionState(string name, int number, JsonObject request)
{
    public string Name => name;

    public int Number => number;

    public string Source => request["source"]!.GetValue<string>();

    public HashSet<string> Aliases { get; } = [];

    public JsonObject ToJson() => new()
    {
        ["name"] = name, ["version"] = $"{number}", ["creation_timestamp"] = 1_700_000_000_000 + number, ["source"] = Source, ["run_id"] = request["run_id"]?.DeepClone(),
        ["description"] = request["description"]?.DeepClone(), ["status"] = "READY", ["tags"] = request["tags"]?.DeepClone(), ["aliases"] = new JsonArray([.. Aliases.Select(a => (JsonNode)a)]),
    };
}
