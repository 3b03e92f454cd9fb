using System.Text.Json;
using System.Text.RegularExpressions;

namespace LineRec.Tracking.Tests;

/// <summary>
/// What MLflow publishes of its REST API 2.0, for the calls used here: mlflow/protos/service.proto and model_registry.proto (fields, their types, which are required), mlflow/server/handlers.py (required beyond
/// the protobuf) and mlflow/utils/validation.py (names and limits). A request is refused for anything that isn't in it.
/// </summary>
internal static partial class MlflowContract
{
    private const int MostMetrics = 1000, MostParams = 100, MostTags = 100, MostEntities = 1000, MostBytes = 1_000_000;

    private static readonly Dictionary<string, Field[]> Messages = new()
    {
        ["Tag"] = [new("key", "string", true), new("value", "string")],
        ["Param"] = [new("key", "string", true), new("value", "string")],
        ["Metric"] = [new("key", "string", true), new("value", "double", true), new("timestamp", "int64", true), new("step", "int64")],
        ["InputTag"] = [new("key", "string", true), new("value", "string", true)],
        ["Dataset"] = [new("name", "string", true), new("digest", "string", true), new("source_type", "string", true), new("source", "string", true), new("schema", "string"), new("profile", "string")],
        ["DatasetInput"] = [new("tags", "InputTag[]"), new("dataset", "Dataset", true)],

        ["POST experiments/create"] = [new("name", "string", true), new("artifact_location", "string"), new("tags", "Tag[]")],
        ["GET experiments/get-by-name"] = [new("experiment_name", "string", true)],
        ["POST runs/create"] = [new("experiment_id", "string"), new("user_id", "string"), new("run_name", "string"), new("start_time", "int64"), new("tags", "Tag[]")],
        ["POST runs/update"] = [new("run_id", "string", true), new("run_uuid", "string"), new("status", "RunStatus"), new("end_time", "int64"), new("run_name", "string")],
        ["GET runs/get"] = [new("run_id", "string", true), new("run_uuid", "string")],
        ["POST runs/search"] = [new("experiment_ids", "string[]"), new("filter", "string"), new("run_view_type", "ViewType"), new("max_results", "int32"), new("order_by", "string[]"), new("page_token", "string")],
        ["POST runs/log-metric"] = [new("run_id", "string", true), new("run_uuid", "string"), new("key", "string", true), new("value", "double", true), new("timestamp", "int64", true), new("step", "int64")],
        ["POST runs/set-tag"] = [new("run_id", "string", true), new("run_uuid", "string"), new("key", "string", true), new("value", "string")],
        ["POST runs/log-batch"] = [new("run_id", "string", true), new("metrics", "Metric[]"), new("params", "Param[]"), new("tags", "Tag[]")],
        ["POST runs/log-inputs"] = [new("run_id", "string", true), new("datasets", "DatasetInput[]", true)],
        ["GET metrics/get-history"] = [new("run_id", "string", true), new("run_uuid", "string"), new("metric_key", "string", true), new("page_token", "string"), new("max_results", "int32")],
        ["POST registered-models/create"] = [new("name", "string", true), new("tags", "Tag[]"), new("description", "string")],
        ["POST model-versions/create"] =
            [new("name", "string", true), new("source", "string", true), new("run_id", "string"), new("tags", "Tag[]"), new("run_link", "string"), new("description", "string")],
        ["GET model-versions/search"] = [new("filter", "string"), new("max_results", "int64"), new("order_by", "string[]"), new("page_token", "string")],
        ["POST registered-models/alias"] = [new("name", "string", true), new("alias", "string", true), new("version", "string", true)],
        ["GET registered-models/alias"] = [new("name", "string", true), new("alias", "string", true)],
    };

    /// <summary>What is wrong with a request; null where nothing is.</summary>
    /// <param name="call">The method and the path below /api/2.0/mlflow/.</param>
    /// <param name="message">The body, or the query as an object of texts.</param>
    /// <param name="bytes">The body's length.</param>
    /// <param name="isQuery">Whether all values are texts, since they come from a query.</param>
    public static string? Problem(string call, JsonElement message, long bytes, bool isQuery)
    {
        if (!Messages.ContainsKey(call)) return $"{call} isn't a call of MLflow's";
        if (Wrong(call, message, isQuery) is { } wrong) return $"{call}: {wrong}";
        return call switch
        {
            "POST runs/log-batch" => BatchProblem(message, bytes),
            "POST runs/log-metric" => KeyProblem(message),
            "POST runs/set-tag" => KeyProblem(message) ?? LengthProblem(message, "value", 5000),
            "POST runs/log-inputs" => message.GetProperty("datasets").EnumerateArray().Select(DatasetProblem).FirstOrDefault(p => p is not null),
            "POST registered-models/alias" => Alias().IsMatch(message.GetProperty("alias").GetString()!) && int.TryParse(message.GetProperty("version").GetString(), out _) ? null : "not an alias, or not a version",
            "POST runs/search" => !message.TryGetProperty("max_results", out var most) || most.GetInt32() is > 0 and <= 50_000 ? null : "max_results is out of its range",
            _ => null,
        };
    }

    private static string? Wrong(string name, JsonElement message, bool isQuery)
    {
        if (message.ValueKind != JsonValueKind.Object) return $"{name} isn't an object";
        var fields = Messages[name];
        foreach (var given in message.EnumerateObject())
        {
            if (fields.FirstOrDefault(f => f.Name == given.Name) is not { } field) return $"{name} has no field '{given.Name}'";
            bool list = field.Type.EndsWith("[]", StringComparison.Ordinal);
            string type = field.Type.TrimEnd('[', ']');
            if (list != (given.Value.ValueKind == JsonValueKind.Array)) return $"{name}.{given.Name} must {(list ? "" : "not ")}be a list";
            foreach (var value in list ? [.. given.Value.EnumerateArray()] : new[] { given.Value })
            {
                string? wrong = Messages.ContainsKey(type) ? Wrong(type, value, isQuery) : HasType(type, value, isQuery) ? null : $"{name}.{given.Name} is {value.GetRawText()}, not a {type}";
                if (wrong is not null) return wrong;
            }
        }

        var missing = fields.FirstOrDefault(f => f.Required && (!message.TryGetProperty(f.Name, out var value) || (value.ValueKind == JsonValueKind.String && value.GetString() == "")));
        return missing is null ? null : $"{name} has no value for '{missing.Name}'";
    }

    private static bool HasType(string type, JsonElement value, bool isQuery) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "int64" or "int32" when isQuery => long.TryParse(value.GetString(), out _),
        "int64" or "int32" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "double" => value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity"),
        "RunStatus" => value.ValueKind == JsonValueKind.String && value.GetString() is "RUNNING" or "SCHEDULED" or "FINISHED" or "FAILED" or "KILLED",
        "ViewType" => value.ValueKind == JsonValueKind.String && value.GetString() is "ACTIVE_ONLY" or "DELETED_ONLY" or "ALL",
        _ => false,
    };

    private static string? BatchProblem(JsonElement batch, long bytes)
    {
        var (metrics, parameters, tags) = (List(batch, "metrics"), List(batch, "params"), List(batch, "tags"));
        if (metrics.Length > MostMetrics || parameters.Length > MostParams || tags.Length > MostTags || metrics.Length + parameters.Length + tags.Length > MostEntities)
            return $"log-batch has {metrics.Length} metrics, {parameters.Length} params and {tags.Length} tags";
        if (bytes > MostBytes) return $"log-batch has {bytes} bytes";
        if (parameters.Select(p => p.GetProperty("key").GetString()).Distinct().Count() < parameters.Length) return "a param comes twice";
        return metrics.Concat(parameters).Concat(tags).Select(KeyProblem).Concat(parameters.Select(p => LengthProblem(p, "value", 6000))).Concat(tags.Select(t => LengthProblem(t, "value", 5000))).FirstOrDefault(p => p is not null);
    }

    private static string? KeyProblem(JsonElement entity)
    {
        string key = entity.GetProperty("key").GetString()!;
        return key.Length > 250 || !Key().IsMatch(key) || key.Split('/').Any(p => p is "" or "." or "..") ? $"'{key}' isn't a name" : null;
    }

    private static string? DatasetProblem(JsonElement input)
    {
        var dataset = input.GetProperty("dataset");
        return LengthProblem(dataset, "name", 500) ?? LengthProblem(dataset, "digest", 36) ?? LengthProblem(dataset, "source", 65_535) ?? LengthProblem(dataset, "schema", 65_535)
            ?? List(input, "tags").Select(t => LengthProblem(t, "key", 255) ?? LengthProblem(t, "value", 500)).FirstOrDefault(p => p is not null);
    }

    private static string? LengthProblem(JsonElement entity, string field, int limit) =>
        entity.TryGetProperty(field, out var value) && value.GetString()!.Length > limit ? $"'{field}' has {value.GetString()!.Length} characters" : null;

    private static JsonElement[] List(JsonElement message, string field) => message.TryGetProperty(field, out var list) ? [.. list.EnumerateArray()] : [];

    [GeneratedRegex(@"^[/\w.\- ]*\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^(?![vV]\d+\z)(?i:(?!latest\z))[\w\-]{1,255}\z")]
    private static partial Regex Alias();

    private sealed record Field(string Name, string Type, bool Required = false);
}
