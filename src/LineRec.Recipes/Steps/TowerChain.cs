namespace LineRec.Recipes;

/// <summary>Where a chain of trainings began that went on from each other.</summary>
/// <param name="FullDate">The day of the training from nothing, yyyy-MM-dd.</param>
internal sealed record TowerChain(string FullDate)
{
    private const string FileName = "chain.json";

    /// <summary>A chain that begins with a day.</summary>
    public static TowerChain Begin(PipelineRun run) => new(run.DateText);

    public static TowerChain Read(string folder) => RecipeJson.Read<TowerChain>(Path.Combine(folder, FileName));

    public void Write(string folder) => RecipeJson.Write(Path.Combine(folder, FileName), this);

    /// <summary>Whether a day's training must begin from nothing.</summary>
    public bool IsFullDue(PipelineRun run) => run.Date.DayNumber - PipelineRun.Parse(FullDate).DayNumber >= run.Settings.FullEvery;
}
