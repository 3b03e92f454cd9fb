namespace LineRec.Recipes;

/// <summary>Progress on the calling thread; <see cref="Progress{T}"/> would post it to another.</summary>
internal sealed class StepProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
