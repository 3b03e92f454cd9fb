namespace LineRec.Recipes;

/// <summary>The models whose settings a sweep tries, as the configuration names them: the section of their settings.</summary>
internal static class SweepModels
{
    public const string TwoTower = "two_tower";

    public const string Rankers = "rankers";

    /// <summary>The setting that holds a model's epochs: what a sweep hands out itself.</summary>
    public static string Epochs(string model) => model + ".epochs";
}
