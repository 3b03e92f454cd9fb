namespace LineRec.Tracking.Tests;

/// <summary>What goes wrong with a call.</summary>
internal enum MlflowFault
{
    None,

    /// <summary>500, and nothing is done.</summary>
    Broken,

    /// <summary>503 from a proxy, in HTML.</summary>
    ProxyDown,

    /// <summary>429 with Retry-After, and nothing is done.</summary>
    Busy,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>It is done, and the connection is cut in the middle of the answer.</summary>
    CutAfter,

    /// <summary>It is done, and answered with 500.</summary>
    BrokenAfter,

    /// <summary>It is done, and never answered.</summary>
    Slow,
}
