using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>Puts answered requests together as Arrow batches: the columns of <see cref="ExposureColumns"/>. Its buffers are used again. One thread at a time.</summary>
internal sealed class ExposureBatch
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

    private readonly ExposureTexts _texts = new();
    private readonly ExposureLists _lists = new();
    private readonly ArrowBuffer.Builder<long> _longs = new();
    private readonly ArrowBuffer.Builder<float> _floats = new();

    /// <summary>The batch; it is independent of the rows.</summary>
    /// <param name="rows">The requests.</param>
    public RecordBatch Build(IReadOnlyList<ExposureRow> rows) => new(
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

    private StringArray TextOf(IReadOnlyList<ExposureRow> rows, Action<ExposureTexts, ExposureRow> add)
    {
        foreach (var row in rows) add(_texts, row);
        return _texts.Build();
    }

    private TimestampArray TimesOf(IReadOnlyList<ExposureRow> rows)
    {
        foreach (var row in rows) _longs.Append(row.UnixMilliseconds);
        return new TimestampArray(ArrowColumns.Time, Take(_longs), ArrowBuffer.Empty, rows.Count, 0, 0);
    }

    private ListArray TextListsOf(IReadOnlyList<ExposureRow> rows, Func<ExposureRow, ReadOnlySpan<string>> of)
    {
        foreach (var row in rows)
        {
            _lists.Begin(_texts.Count);
            foreach (string text in of(row)) _texts.Add(text);
        }

        return _lists.Build(Texts, _texts.Build());
    }

    private ListArray NumberListsOf(IReadOnlyList<ExposureRow> rows, Func<ExposureRow, ReadOnlySpan<float>> of, Func<ExposureRow, bool> isMissing)
    {
        foreach (var row in rows)
        {
            _lists.Begin(_floats.Length, isMissing(row));
            _floats.Append(of(row));
        }

        int count = _floats.Length;
        return _lists.Build(Numbers, new FloatArray(Take(_floats), ArrowBuffer.Empty, count, 0, 0));
    }

    private ListArray BitListsOf(IReadOnlyList<ExposureRow> rows)
    {
        foreach (var row in rows)
        {
            _lists.Begin(_longs.Length);
            _longs.Append(row.Origins);
        }

        int count = _longs.Length;
        return _lists.Build(Bits, new Int64Array(Take(_longs), ArrowBuffer.Empty, count, 0, 0));
    }

    private static ArrowBuffer Take<T>(ArrowBuffer.Builder<T> values)
        where T : struct
    {
        var buffer = values.Build();
        values.Clear();
        return buffer;
    }
}
