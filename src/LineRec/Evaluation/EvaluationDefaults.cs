namespace LineRec;

/// <summary>Defaults of offline evaluation.</summary>
public static class EvaluationDefaults
{
    /// <summary>How long the lists are that are judged.</summary>
    public const int K = 20;

    /// <summary>How many bootstrap resamples are drawn.</summary>
    public const int Resamples = 1000;

    /// <summary>The coverage of confidence intervals.</summary>
    public const double ConfidenceLevel = 0.95;

    /// <summary>Seeds the resamples.</summary>
    public const ulong Seed = 20_240_501;
}
