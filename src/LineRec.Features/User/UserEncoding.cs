namespace LineRec.Features;

/// <summary>A compiled user feature: its columns' names and how to fill them. Thread-safe; state of a call is in the scratch.</summary>
internal sealed class UserEncoding(IReadOnlyList<string> names, UserEncoding.Fill fill)
{
    /// <summary>Writes the columns of one request; they are zero when the call starts.</summary>
    internal delegate void Fill(EncodeScratch request, Span<float> values);

    internal IReadOnlyList<string> Names { get; } = names;

    internal void Encode(EncodeScratch request, Span<float> values) => fill(request, values);
}
