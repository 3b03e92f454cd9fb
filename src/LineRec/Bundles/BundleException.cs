namespace LineRec;

/// <summary>A bundle can't be read or written: it is damaged, incomplete, of another model or of a newer format. The message names the file, what is wrong and what to do.</summary>
public sealed class BundleException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="bundle">The bundle's folder.</param>
    /// <param name="file">The file in it, with '/'.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">What was caught, if anything.</param>
    public BundleException(string bundle, string file, string problem, string remedy, Exception? innerException = null)
        : base($"Bundle '{bundle}', file '{file}': {problem} {remedy}", innerException) => (Bundle, File, Problem) = (bundle, file, problem);

    /// <summary>The bundle's folder.</summary>
    public string Bundle { get; }

    /// <summary>The file that is at fault, with '/'.</summary>
    public string File { get; }

    /// <summary>What is wrong.</summary>
    public string Problem { get; }
}
