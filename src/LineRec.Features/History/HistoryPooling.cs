namespace LineRec.Features;

/// <summary>
/// How a user's history becomes one vector: the weighted sum of rows of an embedding table, newest events first. Training and
/// serving both call <see cref="Select"/>, so they pool the same rows with the same weights.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HistoryPooling
{
    /// <summary>The most event types there can be.</summary>
    private const int EventTypeCount = 8;

    /// <summary>The embedding table whose rows are pooled.</summary>
    public string Table { get; init; } = "item";

    /// <summary>How many distinct items are pooled at the most, newest first. 1 or more.</summary>
    public int Last { get; init; } = 50;

    /// <summary>What each older item's weight is multiplied with, over 0 to 1; 1 weighs all alike.</summary>
    public float Decay { get; init; } = 1f;

    /// <summary>The weight of each event type by its number (see <see cref="EventType"/>); 0 leaves events of that type out.</summary>
    public IReadOnlyList<float> TypeWeights { get; init; } = [0f, 1f, 1f, 1f, 1f, 0f];

    /// <summary>Whether the weights are scaled to sum to 1 (a mean); else they stay as they are (a sum).</summary>
    public bool Mean { get; init; }

    /// <summary>Picks the newest distinct items and their weights.</summary>
    /// <param name="rows">The events' item rows, oldest first.</param>
    /// <param name="types">The events' types.</param>
    /// <param name="pooledRows">Receives item rows, newest first; at least <see cref="Last"/> long.</param>
    /// <param name="weights">Receives their weights; at least <see cref="Last"/> long.</param>
    /// <returns>How many were picked; 0 for a history without a pooled event.</returns>
    /// <remarks>An item counts once, at its newest place, with the weight of its newest pooled event. O(events looked at × Last).</remarks>
    public int Select(ReadOnlySpan<int> rows, ReadOnlySpan<EventType> types, Span<int> pooledRows, Span<float> weights)
    {
        int count = 0;
        float decay = 1f;
        float sum = 0f;
        for (int i = rows.Length - 1; i >= 0 && count < Last; i--)
        {
            int type = (int)types[i];
            float weight = type < TypeWeights.Count ? TypeWeights[type] : 0f;
            if (weight == 0f || pooledRows[..count].Contains(rows[i])) continue;
            weight *= decay;
            (pooledRows[count], weights[count]) = (rows[i], weight);
            count++;
            sum += weight;
            decay *= Decay;
        }

        if (Mean && count > 0)
        {
            for (int i = 0; i < count; i++) weights[i] /= sum;
        }

        return count;
    }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Last < 1) throw new ArgumentException($"HistoryPooling.Last is {Last}; it must be 1 or more.");
        if (Decay is not (> 0f and <= 1f)) throw new ArgumentException($"HistoryPooling.Decay is {Decay}; it must be over 0 and at most 1.");
        if (TypeWeights.Count > EventTypeCount || TypeWeights.Any(w => !float.IsFinite(w) || w < 0f) || TypeWeights.All(w => w == 0f))
            throw new ArgumentException("HistoryPooling.TypeWeights must be finite, 0 or more, and not all 0.");
        ArgumentException.ThrowIfNullOrEmpty(Table, "HistoryPooling.Table");
    }
}
