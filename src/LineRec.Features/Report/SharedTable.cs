namespace LineRec.Features;

/// <summary>An embedding table and what looks items or values up in it: one table of parameters, however many uses.</summary>
/// <param name="Name">The table.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Uses">What uses it.</param>
public sealed record SharedTable(string Name, long Rows, int Columns, IReadOnlyList<string> Uses)
{
    /// <summary>Its parameters.</summary>
    public long Parameters => Rows * Columns;

    /// <summary>The parameters that there would be if each use had a table of its own.</summary>
    public long ParametersUnshared => Parameters * Uses.Count;

    /// <summary>The tables that a spec names, by name.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="tables">Finds a table by name.</param>
    /// <param name="more">Uses outside the spec, such as ("item", "item tower's id").</param>
    public static IReadOnlyList<SharedTable> Of(FeatureSpec spec, Func<string, NpyMatrix<float>> tables, params (string Table, string Use)[] more)
    {
        var uses = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        void Use(string table, string use)
        {
            if (!uses.TryGetValue(table, out var known)) uses.Add(table, known = new SortedSet<string>(StringComparer.Ordinal));
            known.Add(use);
        }

        if (spec.User.OfType<PooledHistoryFeature>().Any()) Use(spec.History.Table, "history");
        foreach (var feature in spec.Item)
        {
            if (feature is EmbeddingFeature embedding) Use(embedding.Table, $"item's {embedding.Column}");
            if (feature is ItemTableFeature rows) Use(rows.Table, "candidate");
        }

        foreach (var similarity in spec.Cross.OfType<SimilarityFeature>())
        {
            Use(similarity.Table, "anchor item");
            Use(similarity.Table, "candidate");
            Use(similarity.Table, "history");
        }

        foreach (var (table, use) in more) Use(table, use);
        return [.. uses.Select(t => new SharedTable(t.Key, tables(t.Key).Rows, tables(t.Key).Columns, [.. t.Value]))];
    }
}
