namespace LineRec.Features;

/// <summary>A compiled cross feature: its columns' names and how to fill them for all candidates. Thread-safe; state of a call is in the scratch.</summary>
internal sealed class CrossEncoding(IReadOnlyList<string> names, CrossEncoding.Fill fill)
{
    /// <summary>Writes the columns of all candidates of one request; they are zero when the call starts.</summary>
    internal delegate void Fill(EncodeScratch request, CandidateTable candidates, CrossColumns columns);

    internal IReadOnlyList<string> Names { get; } = names;

    internal void Encode(EncodeScratch request, CandidateTable candidates, CrossColumns columns) => fill(request, candidates, columns);
}
