using System.Text.Json;
using System.Text.Json.Serialization;

namespace LineRec.Retrieval;

/// <summary>What a folder's files answer: written before the first of them, compared when a run goes on.</summary>
internal sealed record BatchRetrievalPlan
{
    public const string FileName = "batch.json";

    public required int Queries { get; init; }

    public required int Items { get; init; }

    public required int Dimension { get; init; }

    public required VectorMetric Metric { get; init; }

    public required bool IsExact { get; init; }

    public required int K { get; init; }

    public required int PartSize { get; init; }

    public required int Eligible { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>Begins a folder, or finds the plan that it was begun with.</summary>
    /// <exception cref="InvalidOperationException">The folder was begun with another plan.</exception>
    public void Begin(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, BatchRetrievalJson.Default.BatchRetrievalPlan));
            return;
        }

        var begun = Read(path);
        if (begun == this) return;
        throw new InvalidOperationException($"'{folder}' was begun with another batch: {Difference(begun)}. Continue with what it was begun with, or write to another folder.");
    }

    private static BatchRetrievalPlan Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, BatchRetrievalJson.Default.BatchRetrievalPlan) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' isn't the plan of a batch: {e.Message}. Write to another folder.", e);
        }
    }

    private string Difference(BatchRetrievalPlan begun)
    {
        (string Name, object Then, object Now)[] values =
        [
            ("queries", begun.Queries, Queries), ("items", begun.Items, Items), ("dimension", begun.Dimension, Dimension), ("metric", begun.Metric, Metric), ("exact", begun.IsExact, IsExact),
            ("k", begun.K, K), ("users a file", begun.PartSize, PartSize), ("eligible items", begun.Eligible, Eligible), ("fingerprint", begun.Fingerprint, Fingerprint),
        ];
        return string.Join(", ", values.Where(v => !v.Then.Equals(v.Now)).Select(v => $"{v.Name} {v.Then} there, {v.Now} now"));
    }
}

/// <summary>JSON of the plan without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BatchRetrievalPlan))]
internal sealed partial class BatchRetrievalJson : JsonSerializerContext;
