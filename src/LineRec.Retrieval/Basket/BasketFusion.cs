namespace LineRec.Retrieval;

/// <summary>What the items of a basket are put together by.</summary>
public enum BasketFusion
{
    /// <summary>By the neighbour lists of neighbours.npy: what goes with many of the basket's items comes first.</summary>
    Neighbours = 0,

    /// <summary>By the item vectors of items.npy: one search around their weighted mean.</summary>
    Vectors = 1,
}
