namespace LineRec.Bench.TwoTower;

/// <summary>What item-to-item co-occurrence does in a variant.</summary>
internal enum AblationJoin
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It takes the two-tower's place: nothing is trained.</summary>
    Alone,

    /// <summary>Its score, divided by its largest for the user and weighted, is added to the two-tower's.</summary>
    Joined,
}
