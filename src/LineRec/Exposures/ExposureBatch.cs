using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>Answered requests as one Arrow batch: the columns of <see cref="ExposureColumns"/>.</summary>
internal static class ExposureBatch
{
    private static readonly ListType Texts = new(StringType.Default);
    private static readonly ListType Numbers = new(FloatType.Default);
    private static readonly ListType Bits = new(Int64Type.Default);

    public static readonly Schema Schema = new(
        [
            new Field(ExposureColumns.RequestId, StringType.Default, nullable: false),
            new Field(ExposureColumns.Time, ArrowColumns.Time, nullable: false),
            new Field(ExposureColumns.Placement, StringType.Default, nullable: false),
            new Field(ExposureColumns.UserId, StringType.Default, nullable: true),
            new Field(ExposureColumns.BundleVersion, StringType.Default, nullable: false),
            new Field(ExposureColumns.FeatureState, StringType.Default, nullable: true),
            new Field(ExposureColumns.ItemIds, Texts, nullable: false),
            new Field(ExposureColumns.Scores, Numbers, nullable: false),
            new Field(ExposureColumns.Sources, Texts, nullable: false),
            new Field(ExposureColumns.Origins, Bits, nullable: false),
            new Field(ExposureColumns.UserFeatures, Numbers, nullable: true),
            new Field(ExposureColumns.CrossFeatures, Numbers, nullable: true),
        ],
        metadata: null);

    public static RecordBatch Build(IReadOnlyList<ExposureRow> rows) => new(
        Schema,
        [
            TextOf(rows, static (to, row) => to.Add(row.Id)),
            TimesOf(rows),
            TextOf(rows, static (to, row) => to.Add(row.Placement)),
            TextOf(rows, static (to, row) => to.Add(row.UserId)),
            TextOf(rows, static (to, row) => to.Add(row.BundleVersion)),
            TextOf(rows, static (to, row) => to.Add(row.FeatureState)),
            TextListsOf(rows, static row => row.Items),
            NumberListsOf(rows, static row => row.Scores, static _ => false),
            TextListsOf(rows, static row => row.Sources),
            BitListsOf(rows),
            NumberListsOf(rows, static row => row.User, static row => row.FeatureState is null),
            NumberListsOf(rows, static row => row.Cross, static row => row.FeatureState is null),
        ],
        rows.Count);

    private static StringArray TextOf(IReadOnlyList<ExposureRow> rows, Action<ExposureTexts, ExposureRow> add)
    {
        var texts = new ExposureTexts();
        foreach (var row in rows) add(texts, row);
        return texts.Build();
    }

    private static TimestampArray TimesOf(IReadOnlyList<ExposureRow> rows)
    {
        var times = new ArrowBuffer.Builder<long>(rows.Count);
        foreach (var row in rows) times.Append(row.UnixMilliseconds);
        return new TimestampArray(ArrowColumns.Time, times.Build(), ArrowBuffer.Empty, rows.Count, 0, 0);
    }

    private static ListArray TextListsOf(IReadOnlyList<ExposureRow> rows, Func<ExposureRow, ReadOnlySpan<string>> of)
    {
        var (lists, texts) = (new ExposureLists(), new ExposureTexts());
        foreach (var row in rows)
        {
            lists.Begin(texts.Count);
            foreach (string text in of(row)) texts.Add(text);
        }

        return lists.Build(Texts, texts.Build());
    }

    private static ListArray NumberListsOf(IReadOnlyList<ExposureRow> rows, Func<ExposureRow, ReadOnlySpan<float>> of, Func<ExposureRow, bool> isMissing)
    {
        var (lists, values) = (new ExposureLists(), new ArrowBuffer.Builder<float>());
        foreach (var row in rows)
        {
            lists.Begin(values.Length, isMissing(row));
            values.Append(of(row));
        }

        return lists.Build(Numbers, new FloatArray(values.Build(), ArrowBuffer.Empty, values.Length, 0, 0));
    }

    private static ListArray BitListsOf(IReadOnlyList<ExposureRow> rows)
    {
        var (lists, values) = (new ExposureLists(), new ArrowBuffer.Builder<long>());
        foreach (var row in rows)
        {
            lists.Begin(values.Length);
            values.Append(row.Origins);
        }

        return lists.Build(Bits, new Int64Array(values.Build(), ArrowBuffer.Empty, values.Length, 0, 0));
    }
}
