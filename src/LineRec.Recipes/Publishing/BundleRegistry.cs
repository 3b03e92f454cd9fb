namespace LineRec.Recipes;

/// <summary>
/// The published bundles of a root, <c>registry.json</c>. The champion is the one that hosts serve (the root's <c>current</c>); the candidate lies beside it and
/// waits: a host may be pointed at its folder. A bundle that waits for the pipeline's gate lies with its run.
/// </summary>
/// <remarks>Immutable. Change it under the root's <see cref="RunLock"/> only.</remarks>
internal sealed record BundleRegistry
{
    private const string FileName = "registry.json";

    /// <summary>The bundles in the order in which they were published first.</summary>
    public IReadOnlyList<RegisteredBundle> Bundles { get; init; } = [];

    /// <summary>The version of the candidate; null where none waits.</summary>
    public string? Candidate { get; init; }

    /// <summary>The bundle that serves; null where none does.</summary>
    public RegisteredBundle? Champion => LastOf(Bundles.Where(b => b.IsChampion));

    /// <summary>What a rollback goes back to; null where there is none.</summary>
    public RegisteredBundle? BeforeChampion => LastOf(Bundles.Where(b => b.IsChampion && b != Champion));

    /// <summary>The champion of the days before a date: what that date's bundle is compared with, however often and in whichever order dates are run.</summary>
    public RegisteredBundle? ChampionBefore(DateOnly date) => LastOf(Bundles.Where(b => b.IsChampion && string.CompareOrdinal(b.Date, PipelineRun.Text(date)) < 0));

    /// <summary>Reads a root's registry; empty where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static BundleRegistry Read(string root) => Path.Combine(root, FileName) is var path && File.Exists(path) ? RecipeJson.Read<BundleRegistry>(path) : new();

    /// <summary>Replaces a root's registry at once, and makes its champion the version that hosts serve.</summary>
    public void Write(string root)
    {
        RecipeJson.Replace(Path.Combine(root, FileName), new { Champion = Champion?.Version, Candidate, Bundles });
        if (Champion is { } champion && BundleRoot.GetCurrent(root) != champion.Version) BundleRoot.SetCurrent(root, champion.Version);
    }

    /// <summary>The registry with a bundle of the pipeline that was published: the champion, unless a later date's is.</summary>
    public BundleRegistry With(string version, DateOnly date, string fingerprint, BundleLineage? lineage = null)
    {
        var known = Bundles.FirstOrDefault(b => b.Version == version);
        bool waits = known is null || (version == Candidate && !known.Withdrawn);
        var with = WithBundle(version, date, fingerprint, lineage);
        return waits && LaterChampion(PipelineRun.Text(date)) is null ? with.WithChampion(version) : with;
    }

    /// <summary>The registry with a bundle that was published and is neither champion nor candidate; one that is in it already stays what it is.</summary>
    public BundleRegistry WithBundle(string version, DateOnly date, string fingerprint, BundleLineage? lineage) => Bundles.Any(b => b.Version == version)
        ? this
        : this with { Bundles = [.. Bundles, new RegisteredBundle(version, PipelineRun.Text(date), fingerprint, Promoted: false, Lineage: lineage)] };

    /// <summary>The registry with a published bundle as the candidate; the one that was it before isn't any more.</summary>
    /// <exception cref="RecipeException">It is or was the champion.</exception>
    public BundleRegistry WithCandidate(string version) => Bundles.First(b => b.Version == version).Promoted
        ? throw new RecipeException(RecipeFault.Input, $"'{version}' is the champion or was it; it can't be a candidate. Publish another bundle.")
        : this with { Candidate = version };

    /// <summary>The registry with a published bundle as the champion.</summary>
    /// <exception cref="RecipeException">It was taken back, or a later day's bundle is the champion.</exception>
    public BundleRegistry WithChampion(string version)
    {
        var known = Bundles.First(b => b.Version == version);
        if (known.Withdrawn) throw new RecipeException(RecipeFault.Input, $"'{version}' was taken back, and is never served again. Publish another bundle.");
        if (LaterChampion(known.Date) is { } later) throw new RecipeException(RecipeFault.Input, $"'{later.Version}' of {later.Date} serves, a later day than {known.Date}. Take it back first: 'linerec rollback'.");
        return this with { Candidate = Candidate == version ? null : Candidate, Bundles = [.. Bundles.Where(b => b != known), known with { Promoted = true }] };
    }

    /// <summary>The registry without its champion: the one before serves again.</summary>
    /// <exception cref="RecipeException">There is none before.</exception>
    public BundleRegistry WithoutChampion()
    {
        if (Champion is not { } champion) throw new RecipeException(RecipeFault.Input, "No bundle was published here. Run the pipeline first, or correct --out.");
        var before = this with { Bundles = [.. Bundles.Select(b => b == champion ? b with { Withdrawn = true } : b)] };
        return before.Champion is null ? throw new RecipeException(RecipeFault.Input, $"'{champion.Version}' is the only champion that there was; there is none to go back to.") : before;
    }

    private RegisteredBundle? LaterChampion(string day) => Bundles.FirstOrDefault(b => b.IsChampion && string.CompareOrdinal(b.Date, day) > 0);

    private static RegisteredBundle? LastOf(IEnumerable<RegisteredBundle> bundles) => bundles.OrderBy(b => b.Date, StringComparer.Ordinal).LastOrDefault(); // a stable sort
}
