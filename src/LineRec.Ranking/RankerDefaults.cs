namespace LineRec.Ranking;

/// <summary>Names that rankers go by in a bundle.</summary>
public static class RankerDefaults
{
    /// <summary>What a ranker's model name starts with in the manifest: "rankers/home" for the ranker "home".</summary>
    public const string ModelPrefix = "rankers/";
}
