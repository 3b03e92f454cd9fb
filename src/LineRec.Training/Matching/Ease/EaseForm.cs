namespace LineRec.Training;

/// <summary>Which matrix EASE was solved by.</summary>
public enum EaseForm
{
    /// <summary>Exact: the Gram matrix of all items.</summary>
    Items,

    /// <summary>Exact: the Gram matrix of all users, by Woodbury's identity.</summary>
    Users,

    /// <summary>An approximation: only the most popular items predict; every item is predicted.</summary>
    PopularItems,
}
