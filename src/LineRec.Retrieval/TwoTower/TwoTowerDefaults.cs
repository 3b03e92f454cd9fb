namespace LineRec.Retrieval;

/// <summary>The defaults of the two-tower retriever.</summary>
public static class TwoTowerDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "two-tower";

    /// <summary>The bundle file of the item vectors, and the key under which a snapshot shares them.</summary>
    public const string ItemVectors = "items.npy";
}
