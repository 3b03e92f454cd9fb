namespace LineRec;

/// <summary>All placements as they were described. Immutable.</summary>
internal sealed class PipelineBlueprint
{
    private PipelineBlueprint(IReadOnlyList<PlacementBlueprint> placements) => Placements = placements;

    public IReadOnlyList<PlacementBlueprint> Placements { get; }

    /// <summary>Runs the descriptions and checks the whole.</summary>
    /// <exception cref="PipelineException">Something is wrong; all of it is listed.</exception>
    public static PipelineBlueprint Build(IReadOnlyList<(string Name, Action<IPlacementBuilder> Configure)> descriptions)
    {
        var errors = new List<string>();
        var placements = new List<PlacementBlueprint>();
        foreach (var (name, configure) in descriptions)
        {
            if (string.IsNullOrWhiteSpace(name)) errors.Add("A placement has no name; give it one.");
            if (placements.Any(p => p.Name == name)) errors.Add($"Placement '{name}' is registered twice; keep one, or name the second one otherwise.");
            var builder = new PlacementBuilder(name, errors);
            configure(builder);
            placements.Add(builder.Build());
        }

        if (placements.Count == 0) errors.Add("No placement is registered; add one with AddPlacement(name, p => p.Retrieve(…)).");
        CheckFallbacks(placements, errors);
        return errors.Count == 0 ? new PipelineBlueprint(placements) : throw new PipelineException(errors);
    }

    private static void CheckFallbacks(List<PlacementBlueprint> placements, List<string> errors)
    {
        foreach (var placement in placements)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal) { placement.Name };
            for (var at = placement; at.Fallback is not null;)
            {
                var next = placements.Find(p => p.Name == at.Fallback);
                if (next is null)
                {
                    if (at == placement) errors.Add($"Placement '{placement.Name}': it falls back to '{at.Fallback}', which isn't registered; there are {Names(placements)}.");
                    break;
                }

                if (!seen.Add(next.Name))
                {
                    errors.Add($"Placement '{placement.Name}': its fallbacks go in a circle ({string.Join(" → ", seen)} → {next.Name}); end it at one without a fallback.");
                    break;
                }

                at = next;
            }
        }
    }

    private static string Names(List<PlacementBlueprint> placements) => string.Join(", ", placements.Select(p => $"'{p.Name}'"));
}
