namespace LineRec.Recipes;

/// <summary>How a step stands.</summary>
internal enum StepState
{
    /// <summary>Its outputs are there and are those of its inputs.</summary>
    Done,

    /// <summary>It was never finished.</summary>
    Missing,

    /// <summary>An input has changed since.</summary>
    Stale,

    /// <summary>An output isn't what was written.</summary>
    Damaged,

    /// <summary>A step that it needs isn't done.</summary>
    Waiting,
}
