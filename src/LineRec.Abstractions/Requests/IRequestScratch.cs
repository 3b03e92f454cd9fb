namespace LineRec;

/// <summary>
/// Working memory that a component keeps with a request's context: what one of its calls worked out, a later one finds.
/// See <see cref="RequestContext.GetScratch{T}"/>.
/// </summary>
public interface IRequestScratch
{
    /// <summary>Forgets the request and keeps the buffers. Called when the request ends; the instance may serve another owner next.</summary>
    void Reset();
}
