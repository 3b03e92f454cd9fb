namespace LineRec.Rerank;

/// <summary>Options of the campaigns re-ranker.</summary>
public sealed record CampaignsOptions
{
    /// <summary>The re-ranker's name in answers, reports and telemetry. Default "campaigns".</summary>
    public string Name { get; init; } = CampaignsDefaults.Name;

    /// <summary>Only campaigns of these kinds count; empty for all. Default empty.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];
}
