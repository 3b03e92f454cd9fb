using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace LineRec;

/// <summary>
/// The charts as an Arrow IPC stream of columns "chart" (dictionary-encoded name), "row" (int32, catalog row) and "score" (float32);
/// the rows of a chart follow each other, best first.
/// </summary>
internal static class ChartsFile
{
    private const string File = BundleDefaults.ChartsFile;
    private const string Remedy = "Make the charts from the bundle's catalog and publish again.";

    private static readonly DictionaryType NameType = new(Int32Type.Default, StringType.Default, false);

    private static readonly Schema Schema = new(
        [new Field("chart", NameType, nullable: false), new Field("row", Int32Type.Default, nullable: false), new Field("score", FloatType.Default, nullable: false)],
        metadata: null);

    public static void Write(string path, IReadOnlyDictionary<string, Chart> charts)
    {
        string[] names = [.. charts.Keys.Order(StringComparer.Ordinal)];
        var (codes, rows, scores) = (new Int32Array.Builder(), new Int32Array.Builder(), new FloatArray.Builder());
        for (int code = 0; code < names.Length; code++)
        {
            var chart = charts[names[code]];
            for (int i = 0; i < chart.Rows.Length; i++) codes.Append(code);
            rows.Append(chart.Rows);
            scores.Append(chart.Scores);
        }

        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        using var writer = new ArrowStreamWriter(stream, Schema);
        var chartColumn = new DictionaryArray(NameType, codes.Build(), ArrowColumns.Text(names));
        using var batch = new RecordBatch(Schema, [chartColumn, rows.Build(), scores.Build()], chartColumn.Length);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    /// <summary>The charts; none where the bundle has no such file.</summary>
    public static IReadOnlyDictionary<string, Chart> Read(string bundle, Catalog catalog)
    {
        var charts = new Dictionary<string, Chart>(StringComparer.Ordinal);
        string path = Path.Combine(bundle, File);
        if (!System.IO.File.Exists(path)) return charts;
        try
        {
            var (names, rows, scores) = ReadColumns(path);
            var ofChart = names.Values.ToArray().Select(_ => (Rows: new List<int>(), Scores: new List<float>())).ToArray();
            for (int i = 0; i < rows.Length; i++)
            {
                if (names.Codes[i] < 0) throw new InvalidDataException($"entry {i} has no chart.");
                if ((uint)rows[i] >= (uint)catalog.Count) throw new InvalidDataException($"entry {i} names row {rows[i]}; the catalog has {catalog.Count} items.");
                var chart = ofChart[names.Codes[i]];
                if (chart.Scores.Count > 0 && chart.Scores[^1] < scores[i]) throw new InvalidDataException($"chart '{names[i]}' isn't in descending order of score at entry {i}.");
                chart.Rows.Add(rows[i]);
                chart.Scores.Add(scores[i]);
            }

            for (int code = 0; code < ofChart.Length; code++) charts.Add(names.Values[code], new Chart([.. ofChart[code].Rows], [.. ofChart[code].Scores]));
            return charts;
        }
        catch (Exception e) when (e is not (BundleException or OutOfMemoryException))
        {
            throw new BundleException(bundle, File, $"it can't be read as charts: {e.Message}", Remedy, e);
        }
    }

    private static (TextColumn Names, int[] Rows, float[] Scores) ReadColumns(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        using var reader = new ArrowStreamReader(stream);
        var names = new ArrowTextReader("chart");
        var (rows, scores) = (new List<int>(), new List<float>());
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                names.Append(batch.Column("chart"));
                rows.AddRange(((Int32Array)batch.Column("row")).Values);
                scores.AddRange(((FloatArray)batch.Column("score")).Values);
            }
        }

        return ((TextColumn)names.ToColumn(), [.. rows], [.. scores]);
    }
}
