namespace LineRec;

/// <summary>What happens when a component throws or is late.</summary>
public enum FailurePolicy
{
    /// <summary>Go on without the component; the answer says so.</summary>
    Skip = 0,

    /// <summary>Answer from the placement's fallback; the answer says so.</summary>
    FallBack = 1,

    /// <summary>The request fails with the component's exception.</summary>
    Propagate = 2,
}
