using Apache.Arrow;
using Apache.Arrow.Types;

namespace LineRec.Data;

/// <summary>
/// The exposure log's columns of one Arrow batch, every offset and length checked: the Arrow library trusts them, and native code that is handed a damaged batch would read beyond its buffers.
/// </summary>
internal sealed class ExposureBatch
{
    private static readonly long EarliestTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), LatestTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly int _count;
    private readonly StringArray _request, _placement, _user, _bundle, _state, _itemTexts, _sourceTexts;
    private readonly TimestampArray _time;
    private readonly ListArray _items, _scores, _sources, _origins;
    private readonly ListArray? _userFeatures, _crossFeatures;

    /// <param name="batch">The batch; it must outlive the table.</param>
    /// <param name="withFeatures">Whether it has the columns of features.</param>
    /// <exception cref="InvalidDataException">It lacks a column, or is damaged.</exception>
    public ExposureBatch(RecordBatch batch, bool withFeatures = true)
    {
        _count = batch.Length;
        _request = Text(batch, ExposureColumns.RequestId, isRequired: true);
        _time = Column<TimestampArray>(batch, ExposureColumns.Time);
        if (_time.Data.DataType is not TimestampType { Unit: TimeUnit.Millisecond }) throw Wrong(ExposureColumns.Time, "isn't a timestamp in milliseconds");
        RequireValues<long>(_time, ExposureColumns.Time);
        foreach (long time in _time.Values)
        {
            if (time < EarliestTime || time > LatestTime) throw Wrong(ExposureColumns.Time, $"holds {time}, which no calendar has");
        }

        _placement = Text(batch, ExposureColumns.Placement, isRequired: true);
        _user = Text(batch, ExposureColumns.UserId, isRequired: false);
        _bundle = Text(batch, ExposureColumns.BundleVersion, isRequired: true);
        _state = Text(batch, ExposureColumns.FeatureState, isRequired: false);
        (_items, _itemTexts) = Texts(batch, ExposureColumns.ItemIds);
        (_sources, _sourceTexts) = Texts(batch, ExposureColumns.Sources);
        _scores = List<float>(batch, ExposureColumns.Scores, isRequired: true);
        _origins = List<long>(batch, ExposureColumns.Origins, isRequired: true);
        if (withFeatures)
        {
            _userFeatures = List<float>(batch, ExposureColumns.UserFeatures, isRequired: false);
            _crossFeatures = List<float>(batch, ExposureColumns.CrossFeatures, isRequired: false);
        }

        RequireEqualLists();
    }

    public int Count => _count;

    /// <exception cref="InvalidDataException">A request id is none.</exception>
    public Guid[] ReadIds()
    {
        var ids = new Guid[_count];
        for (int row = 0; row < _count; row++)
        {
            if (!Guid.TryParse(Bytes(_request, row), out ids[row])) throw Wrong(ExposureColumns.RequestId, $"has no request id at row {row}");
        }

        return ids;
    }

    public long TimeOf(int row) => _time.Values[row];

    public Exposure Read(int row, ExposureTexts texts) => new()
    {
        RequestId = System.Text.Encoding.UTF8.GetString(Bytes(_request, row)),
        UnixMilliseconds = TimeOf(row),
        Placement = texts.Words.Of(Bytes(_placement, row)),
        UserId = _user.IsNull(row) ? null : System.Text.Encoding.UTF8.GetString(Bytes(_user, row)),
        BundleVersion = texts.Words.Of(Bytes(_bundle, row)),
        FeatureState = _state.IsNull(row) ? null : texts.Words.Of(Bytes(_state, row)),
        ItemIds = TextsOf(_items, _itemTexts, row, texts.Items),
        Scores = ValuesOf<float>(_scores, row),
        Sources = TextsOf(_sources, _sourceTexts, row, texts.Words),
        Origins = ValuesOf<long>(_origins, row),
        UserFeatures = _userFeatures is null || _userFeatures.IsNull(row) ? null : ValuesOf<float>(_userFeatures, row),
        CrossFeatures = _crossFeatures is null || _crossFeatures.IsNull(row) ? null : ValuesOf<float>(_crossFeatures, row),
    };

    private void RequireEqualLists()
    {
        for (int row = 0; row < _count; row++)
        {
            int slots = Length(_items, row);
            if (Length(_scores, row) != slots || Length(_origins, row) != slots) throw Wrong(ExposureColumns.ItemIds, $"row {row} has {slots} items with {Length(_scores, row)} scores and {Length(_origins, row)} origins");
            if (_crossFeatures is null || _crossFeatures.IsNull(row)) continue;
            int values = Length(_crossFeatures, row);
            if (slots == 0 ? values != 0 : values % slots != 0) throw Wrong(ExposureColumns.CrossFeatures, $"row {row} has {values} values for {slots} slots");
        }
    }

    private static int Length(ListArray list, int row) => list.ValueOffsets[row + 1] - list.ValueOffsets[row];

    private static T[] ValuesOf<T>(ListArray list, int row)
        where T : struct, IEquatable<T> => ((PrimitiveArray<T>)list.Values).Values.Slice(list.ValueOffsets[row], Length(list, row)).ToArray();

    private static string[] TextsOf(ListArray list, StringArray values, int row, SharedTexts texts)
    {
        var result = new string[Length(list, row)];
        for (int i = 0; i < result.Length; i++) result[i] = texts.Of(Bytes(values, list.ValueOffsets[row] + i));
        return result;
    }

    private static ReadOnlySpan<byte> Bytes(StringArray texts, int row) => texts.ValueBuffer.Span[texts.ValueOffsets[row]..texts.ValueOffsets[row + 1]];

    private StringArray Text(RecordBatch batch, string name, bool isRequired)
    {
        var texts = Column<StringArray>(batch, name);
        RequireTexts(texts, name, isRequired);
        return texts;
    }

    private (ListArray List, StringArray Values) Texts(RecordBatch batch, string name)
    {
        var list = Column<ListArray>(batch, name);
        if (list.Values is not StringArray values) throw Wrong(name, "isn't a list of text");
        RequireOffsets(list.ValueOffsets, values.Length, name);
        RequireNulls(list, name, isRequired: true);
        RequireTexts(values, name, isRequired: true);
        return (list, values);
    }

    private ListArray List<T>(RecordBatch batch, string name, bool isRequired)
        where T : struct, IEquatable<T>
    {
        var list = Column<ListArray>(batch, name);
        if (list.Values is not PrimitiveArray<T> values) throw Wrong(name, $"isn't a list of {typeof(T).Name}");
        RequireOffsets(list.ValueOffsets, values.Length, name);
        RequireNulls(list, name, isRequired);
        RequireValues<T>(values, name);
        return list;
    }

    private T Column<T>(RecordBatch batch, string name)
        where T : class, IArrowArray
    {
        if (batch.Schema.GetFieldIndex(name) < 0) throw new InvalidDataException($"there is no column '{name}'.");
        var column = batch.Column(name) as T ?? throw Wrong(name, $"is of type {batch.Column(name).Data.DataType.Name}");
        return column.Length == _count ? column : throw Wrong(name, $"has {column.Length} rows instead of {_count}");
    }

    private static void RequireTexts(StringArray texts, string name, bool isRequired)
    {
        RequireOffsets(texts.ValueOffsets, texts.ValueBuffer.Length, name);
        RequireNulls(texts, name, isRequired);
    }

    private static void RequireValues<T>(IArrowArray array, string name)
        where T : struct, IEquatable<T>
    {
        if (((PrimitiveArray<T>)array).Values.Length != array.Length) throw Wrong(name, "has fewer values than rows");
        RequireNulls(array, name, isRequired: true);
    }

    private static void RequireNulls(IArrowArray array, string name, bool isRequired)
    {
        int nulls = array.Data.NullCount;
        if (nulls == 0) return;
        if (isRequired) throw Wrong(name, "has missing values");
        if (nulls < 0 || nulls > array.Length || array.Data.Buffers[0].Length * 8L < array.Offset + array.Length) throw Wrong(name, $"says that {nulls} of {array.Length} values are missing");
    }

    private static void RequireOffsets(ReadOnlySpan<int> offsets, int end, string name)
    {
        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] < offsets[i - 1]) throw Wrong(name, "has values that end before they begin");
        }

        if (offsets.Length > 0 && (offsets[0] < 0 || offsets[^1] > end)) throw Wrong(name, "has values outside its buffer");
    }

    private static InvalidDataException Wrong(string column, string what) => new($"column '{column}' {what}.");
}
