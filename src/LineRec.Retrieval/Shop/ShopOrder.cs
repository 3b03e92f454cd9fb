namespace LineRec.Retrieval;

/// <summary>By what the items of a shop are ordered.</summary>
public enum ShopOrder
{
    /// <summary>By their scores in a chart: the same for everybody.</summary>
    Chart = 0,

    /// <summary>By the two-tower score: the user's own.</summary>
    TwoTower = 1,
}
