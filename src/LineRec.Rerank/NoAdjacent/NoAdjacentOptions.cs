namespace LineRec.Rerank;

/// <summary>Options of the no-adjacent re-ranker.</summary>
public sealed record NoAdjacentOptions
{
    /// <summary>The re-ranker's name in answers, reports and telemetry. Default "no-adjacent"; a second one in a placement needs another.</summary>
    public string Name { get; init; } = NoAdjacentDefaults.Name;

    /// <summary>How deep in the ranking an alternative may stand, 1 or more, counted from the best candidate; null for anywhere. Default null.</summary>
    public int? MaxDepth { get; init; }

    internal void Validate()
    {
        if (MaxDepth < 1) throw new ArgumentException($"{nameof(NoAdjacentOptions)}: MaxDepth is {MaxDepth}; it must be 1 or more, or null for any.");
    }
}
