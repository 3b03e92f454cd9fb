using System.Text.Json;
using System.Text.Json.Serialization;
using LineRec.Samples.Shop.Serving;

namespace LineRec.Samples.Shop.Reporting;

/// <summary>Every figure that a run prints, as it is written to JSON.</summary>
internal sealed class ShopReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [JsonPropertyName("dataset")]
    public required string Dataset { get; init; }

    [JsonPropertyName("ranker_training")]
    public string RankerTraining { get; set; } = "";

    [JsonPropertyName("quality")]
    public List<Dictionary<string, object>> Quality { get; } = [];

    [JsonPropertyName("paired")]
    public List<PairedFigures> Paired { get; } = [];

    [JsonPropertyName("stages")]
    public List<StageFigures> Stages { get; } = [];

    [JsonPropertyName("latency")]
    public List<LatencyRow> Latency { get; } = [];

    [JsonPropertyName("rankers")]
    public List<RankerFigures> Rankers { get; } = [];

    [JsonPropertyName("lists")]
    public List<ListFigures> Lists { get; } = [];

    [JsonPropertyName("tuned")]
    public Dictionary<string, string> Tuned { get; } = [];

    [JsonPropertyName("placements")]
    public int Placements { get; set; }

    [JsonPropertyName("requests")]
    public int Requests { get; set; }

    [JsonPropertyName("empty_slates")]
    public int EmptySlates { get; set; }

    [JsonPropertyName("degraded_slates")]
    public int DegradedSlates { get; set; }

    [JsonPropertyName("memory_mb")]
    public Dictionary<string, double> MemoryMegabytes { get; } = [];

    [JsonPropertyName("seconds")]
    public Dictionary<string, double> Seconds { get; } = [];

    public void Add(EvaluationReport evaluation)
    {
        foreach (var row in evaluation.Quality)
        {
            var figures = new Dictionary<string, object> { ["task"] = row.Task, ["system"] = row.System };
            Put(figures, $"recall_at_{evaluation.K}", row.Recall);
            Put(figures, $"ndcg_at_{evaluation.K}", row.Ndcg);
            Put(figures, $"hit_rate_at_{evaluation.K}", row.HitRate);
            Put(figures, "mrr", row.Mrr);
            figures["coverage"] = row.Coverage;
            figures["novelty"] = row.Novelty;
            figures["intra_list_diversity"] = row.IntraListDiversity;
            Quality.Add(figures);
        }

        Paired.AddRange(evaluation.Paired.Select(p => new PairedFigures(p.Task, p.Versus, p.Metric, p.Difference, p.Low, p.High)));
        Stages.AddRange(evaluation.Stages.Select(s => new StageFigures(evaluation.Task, s.Stage, s.Recall, s.Candidates)));
    }

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    private static void Put(Dictionary<string, object> figures, string name, ConfidenceInterval interval)
    {
        figures[name] = interval.Value;
        figures[name + "_low"] = interval.Low;
        figures[name + "_high"] = interval.High;
    }
}
