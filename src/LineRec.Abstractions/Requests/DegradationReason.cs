namespace LineRec;

/// <summary>Why an answer is degraded.</summary>
public enum DegradationReason
{
    /// <summary>The component threw.</summary>
    Failed = 0,

    /// <summary>The component, or the request before it, ran out of time.</summary>
    Late = 1,

    /// <summary>There were fewer eligible items than asked for.</summary>
    Short = 2,
}
