namespace LineRec.Features;

/// <summary>The history pooled over an embedding table by the spec's <see cref="HistoryPooling"/>: d values, and a flag for a history without any pooled event.</summary>
public sealed record PooledHistoryFeature : UserFeature
{
    internal override UserEncoding Compile(EncoderParts parts)
    {
        var pooling = parts.Fitted.Spec.History;
        var pooler = new HistoryPooler(pooling, parts.ItemTable(pooling.Table, nameof(PooledHistoryFeature)));
        int dimension = pooler.Dimension;
        string[] names = [.. Enumerable.Range(0, dimension).Select(i => $"user_history_{i}"), "user_history_missing"];
        return new UserEncoding(names, (request, values) => values[dimension] = pooler.TryPool(request.Context.History, values[..dimension]) ? 0f : 1f);
    }
}
