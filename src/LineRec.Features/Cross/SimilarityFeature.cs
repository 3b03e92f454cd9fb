using System.Numerics.Tensors;

namespace LineRec.Features;

/// <summary>
/// Cosine of the candidate's embedding with the mean of the anchors', with the last item's and with the pooled history's; a zero vector
/// or a missing partner gives 0, and each missing partner raises a flag.
/// </summary>
public sealed record SimilarityFeature : CrossFeature
{
    /// <summary>The embedding table, row-aligned with the catalog.</summary>
    public string Table { get; init; } = "item";

    internal override CrossEncoding Compile(EncoderParts parts)
    {
        var table = parts.ItemTable(Table, nameof(SimilarityFeature));
        var pooler = new HistoryPooler(parts.Fitted.Spec.History, table);
        int dimension = table.Columns;
        string[] names = ["anchor", "last", "history"];
        return new CrossEncoding([.. names.Select(n => $"{Table}_to_{n}"), .. names.Select(n => $"{Table}_to_{n}_missing")], (request, candidates, to) =>
        {
            var partner = request.Floats(dimension);
            for (int p = 0; p < 3; p++)
            {
                bool found = p switch { 0 => TryAnchors(request, table, partner), 1 => TryLast(request, table, partner), _ => pooler.TryPool(request.Context.History, partner) };
                float norm = found ? TensorPrimitives.Norm(partner) : 0f;
                for (int i = 0; i < candidates.Count; i++)
                {
                    if (!found) to[i, 3 + p] = 1f;
                    if (norm > 0f) to[i, p] = Cosine(table[candidates.Rows[i]], partner, norm);
                }
            }
        });
    }

    private static float Cosine(ReadOnlySpan<float> row, ReadOnlySpan<float> partner, float norm)
    {
        float own = TensorPrimitives.Norm(row);
        float cosine = TensorPrimitives.Dot(row, partner) / (own * norm);
        return float.IsFinite(cosine) ? cosine : 0f;
    }

    private static bool TryAnchors(EncodeScratch request, NpyMatrix<float> table, Span<float> partner)
    {
        partner.Clear();
        foreach (int anchor in request.Context.Anchors) TensorPrimitives.Add(table[anchor], partner, partner);
        return !request.Context.Anchors.IsEmpty;
    }

    private static bool TryLast(EncodeScratch request, NpyMatrix<float> table, Span<float> partner)
    {
        if (request.Summary.LastRow < 0) return false;
        table[request.Summary.LastRow].CopyTo(partner);
        return true;
    }
}
