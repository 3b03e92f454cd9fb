namespace LineRec.Bench.TwoTower;

/// <summary>Which dense features an item tower reads.</summary>
internal enum AblationFeatures
{
    /// <summary>None.</summary>
    None,

    /// <summary>Counts, recent counts, conversion and price.</summary>
    Side,

    /// <summary>Those, and the words of the title, hashed.</summary>
    SideAndWords,
}
