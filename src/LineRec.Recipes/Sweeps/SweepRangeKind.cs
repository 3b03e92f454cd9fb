namespace LineRec.Recipes;

/// <summary>How values are drawn from a range.</summary>
internal enum SweepRangeKind
{
    /// <summary>Evenly between two numbers.</summary>
    Uniform,

    /// <summary>Evenly in the logarithm, for what is tried in powers, such as a learning rate.</summary>
    LogUniform,

    /// <summary>Whole numbers, both ends included.</summary>
    Integer,

    /// <summary>One of some values.</summary>
    Choice,
}
