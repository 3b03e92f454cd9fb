using System.Text.Json.Nodes;

namespace LineRec.Tracking.Tests;

/// <summary>What the made-up server keeps. Metrics are appended, as MLflow's file store does it: a point that is sent twice is there twice.</summary>
internal sealed class MlflowState
{
    public Dictionary<string, string> Experiments { get; } = [];

    public Dictionary<string, RunState> Runs { get; } = [];

    public Dictionary<string, List<VersionState>> Models { get; } = [];

    public Dictionary<string, byte[]> Artifacts { get; } = [];

    /// <summary>Carries a call out.</summary>
    public JsonObject Apply(string call, JsonObject message)
    {
        string Text(string field) => message[field]!.GetValue<string>();
        switch (call)
        {
            case "POST experiments/create":
                if (!Experiments.TryAdd(Text("name"), $"{Experiments.Count + 1}")) throw new MlflowRefusal("RESOURCE_ALREADY_EXISTS", $"Experiment '{Text("name")}' already exists.");
                return new JsonObject { ["experiment_id"] = Experiments[Text("name")] };
            case "GET experiments/get-by-name":
                string name = Text("experiment_name");
                if (!Experiments.TryGetValue(name, out string? id)) throw new MlflowRefusal("RESOURCE_DOES_NOT_EXIST", $"Could not find experiment with name '{name}'", 404);
                return new JsonObject { ["experiment"] = new JsonObject { ["experiment_id"] = id, ["name"] = name, ["artifact_location"] = $"mlflow-artifacts:/{id}", ["lifecycle_stage"] = "active" } };
            case "POST runs/create":
                var run = new RunState($"{Runs.Count + 1:x32}", Text("experiment_id"), Text("run_name"), message["start_time"]!.GetValue<long>());
                foreach (var tag in message["tags"]!.AsArray()) run.Tags[tag!["key"]!.GetValue<string>()] = tag["value"]!.GetValue<string>();
                Runs[run.Id] = run;
                return new JsonObject { ["run"] = run.ToJson() };
            case "GET runs/get": return new JsonObject { ["run"] = Run(Text("run_id")).ToJson() };
            case "POST runs/search": return Search(message);
            case "POST runs/update":
                if (message["status"] is { } status) Run(Text("run_id")).Status = status.GetValue<string>();
                if (message["end_time"] is { } end) Run(Text("run_id")).EndTime = end.GetValue<long>();
                return new JsonObject { ["run_info"] = Run(Text("run_id")).ToJson()["info"]!.DeepClone() };
            case "POST runs/log-metric": Run(Text("run_id")).Metrics.Add(message.DeepClone().AsObject()); return [];
            case "POST runs/set-tag": Run(Text("run_id")).Tags[Text("key")] = Text("value"); return [];
            case "POST runs/log-batch": Log(Run(Text("run_id")), message); return [];
            case "POST runs/log-inputs":
                foreach (var input in message["datasets"]!.AsArray()) Run(Text("run_id")).Inputs[input!["dataset"]!["digest"]!.GetValue<string>()] = input.DeepClone().AsObject();
                return [];
            case "GET metrics/get-history":
                return new JsonObject { ["metrics"] = new JsonArray([.. Run(Text("run_id")).Metrics.Where(m => m["key"]!.GetValue<string>() == Text("metric_key")).Select(RunState.Point)]) };
            case "POST registered-models/create":
                if (!Models.TryAdd(Text("name"), [])) throw new MlflowRefusal("RESOURCE_ALREADY_EXISTS", $"Registered Model (name={Text("name")}) already exists.");
                return new JsonObject { ["registered_model"] = new JsonObject { ["name"] = Text("name") } };
            case "POST model-versions/create":
                var version = new VersionState(Text("name"), Model(Text("name")).Count + 1, message.DeepClone().AsObject());
                Model(version.Name).Add(version);
                return new JsonObject { ["model_version"] = version.ToJson() };
            case "GET model-versions/search":
                return new JsonObject { ["model_versions"] = new JsonArray([.. Models.Values.SelectMany(m => m).Where(v => Text("filter") == $"name='{v.Name}'").Select(v => v.ToJson())]) };
            case "POST registered-models/alias":
                if (Model(Text("name")).FirstOrDefault(v => $"{v.Number}" == Text("version")) is not { } pointed) throw new MlflowRefusal("RESOURCE_DOES_NOT_EXIST", "Model Version not found", 404);
                foreach (var other in Model(Text("name"))) other.Aliases.Remove(Text("alias"));
                pointed.Aliases.Add(Text("alias"));
                return [];
            case "GET registered-models/alias":
                if (Model(Text("name")).FirstOrDefault(v => v.Aliases.Contains(Text("alias"))) is not { } found) throw new MlflowRefusal("INVALID_PARAMETER_VALUE", $"Registered model alias {Text("alias")} not found.");
                return new JsonObject { ["model_version"] = found.ToJson() };
            default: throw new MlflowRefusal("ENDPOINT_NOT_FOUND", call, 404);
        }
    }

    private static void Log(RunState run, JsonObject message)
    {
        foreach (var parameter in Items(message, "params"))
        {
            var (key, value) = (parameter["key"]!.GetValue<string>(), parameter["value"]!.GetValue<string>());
            if (run.Params.TryGetValue(key, out string? earlier) && earlier != value) throw new MlflowRefusal("INVALID_PARAMETER_VALUE", $"Changing param values is not allowed. Param with key='{key}'");
            run.Params[key] = value;
        }

        run.Metrics.AddRange(Items(message, "metrics").Select(m => m.DeepClone().AsObject()));
        foreach (var tag in Items(message, "tags")) run.Tags[tag["key"]!.GetValue<string>()] = tag["value"]!.GetValue<string>();
    }

    private static IEnumerable<JsonNode> Items(JsonObject message, string field) => message[field]?.AsArray().Select(i => i!) ?? [];

    // Pages of two, so that paging is needed; the one filter that is asked for.
    private JsonObject Search(JsonObject message)
    {
        string[] experiments = [.. message["experiment_ids"]!.AsArray().Select(e => e!.GetValue<string>())];
        string? filter = message["filter"]?.GetValue<string>();
        int from = int.Parse(message["page_token"]?.GetValue<string>() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var found = Runs.Values.Where(r => experiments.Contains(r.ExperimentId) && (filter is null || filter == $"tags.`linerec.key` = '{r.Tags["linerec.key"]}'")).OrderBy(r => r.StartTime).ToList();
        var answer = new JsonObject { ["runs"] = new JsonArray([.. found.Skip(from).Take(2).Select(r => r.ToJson())]) };
        if (found.Count > from + 2) answer["next_page_token"] = $"{from + 2}";
        return answer;
    }

    private RunState Run(string id) => Runs.TryGetValue(id, out var run) ? run : throw new MlflowRefusal("RESOURCE_DOES_NOT_EXIST", $"Run with id={id} not found", 404);

    private List<VersionState> Model(string name) => Models.TryGetValue(name, out var model) ? model : throw new MlflowRefusal("RESOURCE_DOES_NOT_EXIST", $"Registered Model with name={name} not found", 404);
}
