namespace LineRec.Retrieval;

/// <summary>The defaults of the basket retriever.</summary>
public static class BasketDefaults
{
    /// <summary>The retriever's name.</summary>
    public const string Name = "basket";

    /// <summary>Which items are the basket: the request's anchors and what lies in the user's cart, all alike.</summary>
    public static readonly SeedWeights Seeds = new() { CartWeight = 1f };
}
