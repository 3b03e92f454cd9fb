namespace LineRec.Recipes;

/// <summary>A step failed. What earlier steps made is kept; the next run goes on from this one.</summary>
/// <param name="step">The step.</param>
/// <param name="innerException">What went wrong.</param>
internal sealed class StepException(string step, Exception innerException)
    : Exception($"Step '{step}' failed: {innerException.Message} What earlier steps made is kept: the same command goes on from here.", innerException)
{
    public string Step => step;
}
