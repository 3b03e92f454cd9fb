using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace LineRec.Tests.Exposures;

/// <summary>A folder that a log writes to, read as any Arrow reader would.</summary>
internal sealed class SegmentFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("linerec-exposures-").FullName;

    public string[] Finished => [.. ExposureSegments.In(Path)];

    public string[] Open => Directory.GetFiles(Path, "*" + ExposureSegments.OpenExtension);

    /// <summary>The requests of all finished segments.</summary>
    public List<string> Requests => [.. Batches().SelectMany(b => Texts(b, ExposureColumns.RequestId)).Select(id => id!)];

    public ExposureLogOptions Options(Action<ExposureLogOptions>? change = null)
    {
        var options = new ExposureLogOptions { Folder = Path };
        change?.Invoke(options);
        return options;
    }

    public List<RecordBatch> Batches()
    {
        var batches = new List<RecordBatch>();
        foreach (string file in Finished)
        {
            using var reader = new ArrowStreamReader(File.OpenRead(file));
            while (reader.ReadNextRecordBatch() is { } batch) batches.Add(batch);
        }

        return batches;
    }

    public static IEnumerable<string?> Texts(RecordBatch batch, string column) => Values(batch.Column(column));

    public static string[] TextList(RecordBatch batch, string column, int row) => [.. Values(((ListArray)batch.Column(column)).GetSlicedValues(row)).Select(text => text!)];

    public static float[]? Numbers(RecordBatch batch, string column, int row) => ((ListArray)batch.Column(column)).GetSlicedValues(row) is FloatArray values ? values.Values.ToArray() : null;

    public static long[] Bits(RecordBatch batch, string column, int row) => ((Int64Array)((ListArray)batch.Column(column)).GetSlicedValues(row)).Values.ToArray();

    private static IEnumerable<string?> Values(IArrowArray texts) => Enumerable.Range(0, texts.Length).Select(i => ((StringArray)texts).GetString(i));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
