namespace LineRec.Features;

/// <summary>
/// The slot in which the candidate was shown, as log(slot) and 1 / slot. Training gives the logged slots, so that the model learns how much of a
/// click is the slot's; serving gives none, and every candidate counts as in slot 1.
/// </summary>
public sealed record PositionFeature : CrossFeature
{
    internal override CrossEncoding Compile(EncoderParts parts) => new(["position_log", "position_inverse"], (request, candidates, to) =>
    {
        var positions = request.Positions.Span;
        for (int i = 0; i < candidates.Count; i++)
        {
            Write(positions.IsEmpty ? 1 : positions[i], i, to);
        }
    });

    internal static void Write(int position, int candidate, CrossColumns to)
    {
        position = Math.Max(1, position);
        (to[candidate, 0], to[candidate, 1]) = (MathF.Log(position), 1f / position);
    }
}
