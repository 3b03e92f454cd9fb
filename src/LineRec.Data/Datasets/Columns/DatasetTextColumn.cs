namespace LineRec.Data;

/// <summary>A column of texts as codes into the batch's texts.</summary>
/// <remarks>
/// The batches of one shuffle window share <see cref="Texts"/>, in which a text has one code; in another window it may have another: compare texts, or read the column by a
/// <see cref="DatasetVocabulary"/>. What is looked up for each text should be looked up once for <see cref="Texts"/>.
/// </remarks>
public sealed class DatasetTextColumn : DatasetColumn
{
    private readonly ReadOnlyMemory<int> _codes;

    internal DatasetTextColumn(string name, ReadOnlyMemory<int> codes, DatasetTexts texts, ReadOnlyMemory<bool> isNull, BatchLease lease)
        : base(name, codes.Length, isNull, lease) => (_codes, Texts) = (codes, texts);

    /// <summary>Each row's code, 0 to Texts.Count - 1, or -1 where null; [Count].</summary>
    public ReadOnlyMemory<int> Codes => Lease.Check(_codes);

    /// <summary>The texts.</summary>
    public DatasetTexts Texts { get; }

    /// <summary>One row's text, made anew at each call.</summary>
    /// <param name="row">0 to Count - 1.</param>
    /// <returns>The text, or null.</returns>
    public string? this[int row] => Codes.Span[row] is >= 0 and var code ? Texts[code] : null;

    internal override string Describe() => "text";

    internal override DatasetColumn Join(IReadOnlyList<DatasetColumn> parts, BatchLease lease)
    {
        var codes = new int[parts.Sum(p => p.Count)];
        var texts = new TextStore();
        int at = 0;
        foreach (var part in parts.Cast<DatasetTextColumn>())
        {
            foreach (int code in part.Codes.Span) codes[at++] = code < 0 ? -1 : texts.Add(part.Texts.Utf8(code));
        }

        return new DatasetTextColumn(Name, codes, new DatasetTexts(texts, lease), JoinNulls(parts), lease);
    }
}
