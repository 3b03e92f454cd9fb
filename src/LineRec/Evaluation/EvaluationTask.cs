namespace LineRec;

/// <summary>The tasks of the quality protocol.</summary>
public static class EvaluationTask
{
    /// <summary>Targets are the distinct items bought in the window and not before; items bought before are filtered for every system.</summary>
    public const string Discovery = "discovery";

    /// <summary>Targets are the distinct items bought in the window; nothing is filtered.</summary>
    public const string All = "all";

    /// <summary>Every click of a session after the first, given the clicks before it.</summary>
    public const string NextClick = "next_click";
}
