namespace LineRec.Data;

/// <summary>A column of texts as codes into the batch's texts.</summary>
/// <remarks>
/// One text may have several codes, since every row group brings texts of its own: compare texts, or read the column by a <see cref="DatasetVocabulary"/>. What is looked up for each text
/// should be looked up once for <see cref="Texts"/>, which the batches of one shuffle window share.
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
            var numbers = new Dictionary<int, int>();
            foreach (int code in part.Codes.Span)
            {
                if (code < 0) codes[at++] = -1;
                else if (numbers.TryGetValue(code, out int number)) codes[at++] = number;
                else codes[at++] = numbers[code] = texts.Add(part.Texts.Utf8(code));
            }
        }

        return new DatasetTextColumn(Name, codes, new DatasetTexts(texts, lease), JoinNulls(parts), lease);
    }
}
