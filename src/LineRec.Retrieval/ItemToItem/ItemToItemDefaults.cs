namespace LineRec.Retrieval;

/// <summary>The defaults of the item-to-item retriever.</summary>
public static class ItemToItemDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "item-to-item";

    /// <summary>The bundle file of the neighbours' rows.</summary>
    public const string Neighbours = "neighbours.npy";

    /// <summary>The bundle file of the neighbours' scores.</summary>
    public const string NeighbourScores = "neighbour_scores.npy";
}
