namespace LineRec.Preparation;

/// <summary>How a column holds a time.</summary>
public enum TimeKind
{
    /// <summary>As the engine's timestamp (or date), meant as UTC. What the data contract's writers write. In Spark and Trino, set the session's time zone to UTC.</summary>
    Timestamp,

    /// <summary>As a whole number: milliseconds since 1970-01-01 UTC.</summary>
    Milliseconds,
}
