using System.Text.Json.Nodes;

namespace LineRec.Tracking.Tests;

/// <summary>A run of the made-up server.</summary>
internal sealed class RunState(string id, string experimentId, string name, long startTime)
{
    public string Id => id;

    public string ExperimentId => experimentId;

    public string Name => name;

    public long StartTime => startTime;

    public string Status { get; set; } = "RUNNING";

    public long? EndTime { get; set; }

    public Dictionary<string, string> Params { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public List<JsonObject> Metrics { get; } = [];

    public Dictionary<string, JsonObject> Inputs { get; } = [];

    /// <summary>The values of a metric in the order they arrived.</summary>
    public double[] Values(string key) => [.. Metrics.Where(m => m["key"]!.GetValue<string>() == key).Select(m => m["value"]!.GetValue<double>())];

    /// <summary>A point without what only a request has.</summary>
    public static JsonNode Point(JsonObject metric) => new JsonObject
    {
        ["key"] = metric["key"]!.DeepClone(), ["value"] = metric["value"]!.DeepClone(), ["timestamp"] = metric["timestamp"]!.DeepClone(), ["step"] = (metric["step"] ?? 0).DeepClone(),
    };

    public JsonObject ToJson() => new()
    {
        ["info"] = new JsonObject
        {
            ["run_uuid"] = id, ["run_id"] = id, ["run_name"] = name, ["experiment_id"] = experimentId, ["user_id"] = "", ["status"] = Status, ["start_time"] = startTime, ["end_time"] = EndTime,
            ["artifact_uri"] = $"mlflow-artifacts:/{experimentId}/{id}/artifacts", ["lifecycle_stage"] = "active",
        },
        ["data"] = new JsonObject
        {
            ["metrics"] = new JsonArray([.. Metrics.GroupBy(m => m["key"]!.GetValue<string>()).Select(g => Point(g.Last()))]),
            ["params"] = Pairs(Params), ["tags"] = Pairs(Tags),
        },
        ["inputs"] = new JsonObject { ["dataset_inputs"] = new JsonArray([.. Inputs.Values.Select(i => i.DeepClone())]) },
    };

    private static JsonArray Pairs(Dictionary<string, string> pairs) => [.. pairs.Select(p => new JsonObject { ["key"] = p.Key, ["value"] = p.Value })];
}
