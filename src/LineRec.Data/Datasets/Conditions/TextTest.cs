using System.Globalization;
using System.Text;

namespace LineRec.Data;

/// <summary>A condition on texts, by their UTF-8 bytes; or on a partition's value, by what its text says.</summary>
internal sealed class TextTest : ColumnTest
{
    private readonly byte[][] _texts;

    public TextTest(DatasetCondition condition, DatasetField field)
        : base(condition, field)
    {
        if (!field.IsPartition && condition.Values.Where(v => v.Value is not string).Select(v => v.ToString()).FirstOrDefault() is { } other)
            throw new ArgumentException($"The condition '{condition}' is on a column of text, which is compared with texts, not {other}. Give such a value.", nameof(condition));
        _texts = [.. condition.Values.Select(v => Encoding.UTF8.GetBytes(v.Value as string ?? ""))];
    }

    /// <summary>Whether a partition's value meets the condition.</summary>
    /// <param name="text">The value; null meets none.</param>
    public bool Holds(string? text) => text is not null && Condition.Values.Any(v => Order(text, v.Value) is { } order && Comparing.Holds(Condition.Comparison, order));

    public override bool MayHold(object least, object greatest, Leaf leaf) => (least, greatest) is not (byte[] low, byte[] high) ||
        _texts.Any(t => Comparing.MayHold(Condition.Comparison, low.AsSpan().SequenceCompareTo(t), high.AsSpan().SequenceCompareTo(t)));

    public override void Keep(ColumnBuilder column, Span<bool> keep)
    {
        var texts = (TextColumnBuilder)column;
        var holds = new bool[texts.Texts.Count];
        for (int code = 0; code < holds.Length; code++) holds[code] = Holds(texts.Texts[code]);
        var codes = texts.StoredValues;
        for (int row = 0; row < keep.Length; row++) keep[row] = keep[row] && codes[row] >= 0 && holds[codes[row]];
    }

    private static int? Order(string text, object value) => value switch
    {
        string other => Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)),
        long other when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) => number.CompareTo(other),
        long other when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number.CompareTo((double)other),
        double other when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number.CompareTo(other),
        bool other when bool.TryParse(text, out bool flag) => flag.CompareTo(other),
        DateTimeOffset other when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.CompareTo(other),
        _ => null,
    };

    private bool Holds(ReadOnlySpan<byte> text)
    {
        foreach (byte[] other in _texts)
        {
            if (Comparing.Holds(Condition.Comparison, text.SequenceCompareTo(other))) return true;
        }

        return false;
    }
}
