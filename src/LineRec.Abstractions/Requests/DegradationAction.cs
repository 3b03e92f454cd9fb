namespace LineRec;

/// <summary>What was done about a degradation.</summary>
public enum DegradationAction
{
    /// <summary>The component's work was left out.</summary>
    Skipped = 0,

    /// <summary>The answer came from the fallback, in whole or in part.</summary>
    FellBack = 1,

    /// <summary>Nothing could be done: the slate is shorter than asked.</summary>
    None = 2,
}
