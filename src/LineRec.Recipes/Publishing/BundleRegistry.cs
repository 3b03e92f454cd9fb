namespace LineRec.Recipes;

/// <summary>
/// The published bundles of a root, <c>registry.json</c>. The champion is the one that hosts serve (the root's <c>current</c>); a bundle that waits for its gate
/// is the candidate, and lies with its run.
/// </summary>
/// <remarks>Immutable. Change it under the root's <see cref="RunLock"/> only.</remarks>
internal sealed record BundleRegistry
{
    private const string FileName = "registry.json";

    /// <summary>The bundles in the order in which they were published first.</summary>
    public IReadOnlyList<RegisteredBundle> Bundles { get; init; } = [];

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
        string path = Path.Combine(root, FileName), aside = path + ".new";
        RecipeJson.Write(aside, new { Champion = Champion?.Version, Bundles });
        File.Move(aside, path, overwrite: true);
        if (Champion is { } champion && BundleRoot.GetCurrent(root) != champion.Version) BundleRoot.SetCurrent(root, champion.Version);
    }

    /// <summary>The registry with a bundle that was published: the champion, unless a later date's is.</summary>
    public BundleRegistry With(string version, DateOnly date, string fingerprint)
    {
        if (Bundles.Any(b => b.Version == version)) return this;
        string day = PipelineRun.Text(date);
        bool promoted = !Bundles.Any(b => b.IsChampion && string.CompareOrdinal(b.Date, day) > 0);
        return this with { Bundles = [.. Bundles, new RegisteredBundle(version, day, fingerprint, promoted)] };
    }

    /// <summary>The registry without its champion: the one before serves again.</summary>
    /// <exception cref="RecipeException">There is none before.</exception>
    public BundleRegistry WithoutChampion()
    {
        if (Champion is not { } champion) throw new RecipeException(RecipeFault.Input, "No bundle was published here. Run the pipeline first, or correct --out.");
        var before = this with { Bundles = [.. Bundles.Select(b => b == champion ? b with { Withdrawn = true } : b)] };
        return before.Champion is null ? throw new RecipeException(RecipeFault.Input, $"'{champion.Version}' is the only champion that there was; there is none to go back to.") : before;
    }

    private static RegisteredBundle? LastOf(IEnumerable<RegisteredBundle> bundles) => bundles.OrderBy(b => b.Date, StringComparer.Ordinal).LastOrDefault(); // a stable sort
}
