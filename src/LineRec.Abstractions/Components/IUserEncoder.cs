namespace LineRec;

/// <summary>Turns a request (the user's history and context) into the query vector of a two-tower model.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IUserEncoder
{
    /// <summary>The vector's length; equal to that of the model's item vectors.</summary>
    int Dimension { get; }

    /// <summary>Computes the query vector.</summary>
    /// <param name="context">The request.</param>
    /// <param name="vector">Receives <see cref="Dimension"/> values.</param>
    /// <returns>False where the model has nothing to say about this user (no history, say); the vector is then undefined.</returns>
    bool TryEncode(RequestContext context, Span<float> vector);
}
