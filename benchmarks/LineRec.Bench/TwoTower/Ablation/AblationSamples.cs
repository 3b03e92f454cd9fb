namespace LineRec.Bench.TwoTower;

/// <summary>What one variant measured, seed by seed.</summary>
internal sealed class AblationSamples(AblationLog log)
{
    private readonly List<double>[] _recalls = [.. log.Tasks.Select(_ => new List<double>())], _ndcgs = [.. log.Tasks.Select(_ => new List<double>())];

    /// <summary>Recall@100 of cold items.</summary>
    public List<double> Colds { get; } = [];

    /// <summary>What a training took.</summary>
    public List<double> Seconds { get; } = [];

    /// <summary>What a request's user tower took.</summary>
    public List<double> Requests { get; } = [];

    /// <summary>The mean cosines to an earlier model.</summary>
    public List<double> Cosines { get; } = [];

    /// <summary>The weights of co-occurrence.</summary>
    public List<double> Weights { get; } = [];

    /// <summary>How many numbers were learnt; alike for all seeds.</summary>
    public long Parameters { get; set; }

    /// <summary>Adds a seed's figures of a task.</summary>
    public void Add(int task, (double Recall, double Ndcg) found)
    {
        _recalls[task].Add(found.Recall);
        _ndcgs[task].Add(found.Ndcg);
    }

    /// <summary>A row a task.</summary>
    public IEnumerable<AblationRow> Rows(string variant) => log.Tasks.Select((task, i) => new AblationRow(
        variant, task.Task, AblationFigure.Of(_recalls[i]), AblationFigure.Of(_ndcgs[i]), Figure(Colds), Figure(Seconds), Figure(Requests), Figure(Cosines), Figure(Weights), Parameters));

    private static AblationFigure? Figure(List<double> values) => values.Count == 0 ? null : AblationFigure.Of(values);
}
