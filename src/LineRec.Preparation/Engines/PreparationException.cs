namespace LineRec.Preparation;

/// <summary>An engine couldn't run a preparation query: a table or column isn't there, memory or disk is full, a server is out of reach.</summary>
public sealed class PreparationException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">What went wrong, where and what to do.</param>
    /// <param name="inner">What caused it.</param>
    public PreparationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
