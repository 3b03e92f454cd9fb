namespace LineRec;

/// <summary>Removes candidates that must not be shown.</summary>
/// <remarks>Thread-safe. The pipeline counts what each filter removed, under the filter's name.</remarks>
public interface IFilter
{
    /// <summary>Marks the candidates to remove with <see cref="CandidateTable.Remove"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="cancellationToken">Cancelled when the deadline passes or the caller gives up.</param>
    ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken);
}
