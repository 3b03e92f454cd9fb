using System.Globalization;
using System.IO.Compression;

namespace LineRec.Tests.Evaluation;

/// <summary>The protocol's baselines on real click sessions, where what they are worth is known.</summary>
public sealed class ProtocolOnRealClicksTests
{
    [Fact]
    public void On_click_sessions_item_to_item_beats_recent_popularity_and_that_beats_popularity()
    {
        if (FindData() is not { } folder)
        {
            TestContext.Current.SendDiagnosticMessage("skipped: no data at yoochoose-100k");
            return;
        }

        var train = Read(Path.Combine(folder, "yoochoose-clicks-100k_train_full.txt.gz"));
        var test = Read(Path.Combine(folder, "yoochoose-clicks-100k_test.txt.gz"));
        string[] ids = [.. train.Select(e => e.Item).Distinct().Order(StringComparer.Ordinal)];
        var rows = ids.Select((id, row) => (id, row)).ToDictionary(x => x.id, x => x.row);
        var split = DateTimeOffset.FromUnixTimeMilliseconds(test.Min(e => e.Time));
        var start = split - (DateTimeOffset.FromUnixTimeMilliseconds(test.Max(e => e.Time)) - split);
        var data = new BaselineData
        {
            Events = ToTable(train, rows),
            ItemCount = ids.Length,
            ValidationStart = start,
            Split = split,
            ValidationCases = EvaluationCases.NextClick(ToTable(train.GroupBy(e => e.Session).Where(g => g.Min(e => e.Time) >= start.ToUnixTimeMilliseconds()).SelectMany(g => g), rows)),
            Target = EventType.Click,
        };
        var baselines = BaselineTuning.TuneAll(data, buyAgain: false);
        var report = OfflineEvaluation.Run(
            EvaluationTask.NextClick, new Catalog(ids, []), EvaluationCases.NextClick(ToTable(test, rows)), [.. baselines.Select(b => b.System)]);

        Assert.True(report["popularity"].Recall.High < report["recent_popularity"].Recall.Low);
        Assert.True(report["recent_popularity"].Recall.High < report["item_to_item"].Recall.Low);
        Assert.InRange(report["item_to_item"].Recall.Value, 0.65, 0.75); // 0.70 was measured
        Assert.True(report.Units < report.Cases);
        Assert.All(report.Quality, q => Assert.Equal(0, q.ShortLists));
    }

    private static List<(string Session, string Item, long Time)> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var events = new List<(string, string, long)>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split('\t');
            events.Add((fields[0], fields[1], (long)(double.Parse(fields[2], CultureInfo.InvariantCulture) * 1000)));
        }

        return events;
    }

    private static InteractionTable ToTable(IEnumerable<(string Session, string Item, long Time)> events, Dictionary<string, int> rows)
    {
        var sessions = events.GroupBy(e => e.Session).ToArray();
        var sorted = sessions.SelectMany(s => s.OrderBy(e => e.Time)).ToArray();
        var offsets = new int[sessions.Length + 1];
        for (int i = 0; i < sessions.Length; i++) offsets[i + 1] = offsets[i] + sessions[i].Count();
        return new InteractionTable(
            [.. sessions.Select(s => s.Key)], offsets, [.. sorted.Select(e => rows.GetValueOrDefault(e.Item, -1))], [.. sorted.Select(_ => EventType.Click)], [.. sorted.Select(e => e.Time)]);
    }

    private static string? FindData()
    {
        if (Environment.GetEnvironmentVariable("LINEREC_DATA") is { Length: > 0 } given) return Existing(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "..", "shared", "data")) is { } found) return found;
        }

        return null;
    }

    private static string? Existing(string data)
    {
        string folder = Path.Combine(data, "yoochoose-100k");
        return Directory.Exists(folder) ? folder : null;
    }
}
