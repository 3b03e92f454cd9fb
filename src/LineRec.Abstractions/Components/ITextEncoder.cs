namespace LineRec;

/// <summary>Turns a text (a search query) into a vector of the space in which the items' texts were embedded.</summary>
/// <remarks>Thread-safe. It runs within a request: a slow model belongs behind a cache.</remarks>
public interface ITextEncoder
{
    /// <summary>The vector's length; equal to that of the items' text vectors.</summary>
    int Dimension { get; }

    /// <summary>Computes the vector of a text.</summary>
    /// <param name="text">The text; not empty.</param>
    /// <param name="vector">Receives <see cref="Dimension"/> values. Zeros or NaN say that there is nothing to say about this text.</param>
    void Encode(string text, Span<float> vector);
}
