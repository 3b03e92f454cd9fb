namespace LineRec;

/// <summary>A pipeline is wrong: as it was described, or for the bundle it was linked to. The message lists every fault, its place and what to do.</summary>
public sealed class PipelineException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">Every fault, one or more.</param>
    public PipelineException(IReadOnlyList<string> errors)
        : base(errors.Count == 1 ? errors[0] : $"{errors.Count} faults:{Environment.NewLine}- {string.Join(Environment.NewLine + "- ", errors)}") => Errors = errors;

    /// <summary>Every fault.</summary>
    public IReadOnlyList<string> Errors { get; }
}
