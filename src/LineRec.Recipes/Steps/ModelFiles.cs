namespace LineRec.Recipes;

/// <summary>What a bundle's manifest will say of the models in a folder, and what was measured of them.</summary>
internal sealed record ModelFiles
{
    /// <summary>The file's name.</summary>
    public const string FileName = "models.json";

    /// <summary>The models by name.</summary>
    public SortedDictionary<string, ModelDescription> Models { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Finite numbers by name.</summary>
    public SortedDictionary<string, double> Metrics { get; init; } = new(StringComparer.Ordinal);

    public static ModelFiles Read(string folder) => RecipeJson.Read<ModelFiles>(Path.Combine(folder, FileName));

    public void Write(string folder) => RecipeJson.Write(Path.Combine(folder, FileName), this);
}
