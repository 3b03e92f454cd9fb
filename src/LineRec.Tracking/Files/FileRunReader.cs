namespace LineRec.Tracking;

/// <summary>Reads a run's folder.</summary>
internal static class FileRunReader
{
    public static RunRecord Read(string folder)
    {
        var meta = MetaYaml.Read(Path.Combine(folder, MlrunsFolder.Meta));
        var tags = MlrunsFolder.Texts(Path.Combine(folder, MlrunsFolder.Tags));
        return new RunRecord
        {
            RunId = meta.Text("run_id"),
            RunName = meta.Find("run_name") is { Length: > 0 } name ? name : tags.GetValueOrDefault(TrackingTags.RunName) ?? meta.Text("run_id"),
            Status = (RunStatus)(meta.FindNumber("status") ?? (int)RunStatus.Running),
            StartTime = DateTimeOffset.FromUnixTimeMilliseconds(meta.Number("start_time")),
            EndTime = meta.FindNumber("end_time") is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null,
            Params = MlrunsFolder.Texts(Path.Combine(folder, MlrunsFolder.Params)),
            Tags = tags,
            Metrics = MlrunsFolder.Files(Path.Combine(folder, MlrunsFolder.Metrics)).ToDictionary(f => f.Key, f => MetricFile.Read(f.Key, f.Path)),
            Inputs = [.. Inputs(folder)],
        };
    }

    private static IEnumerable<DatasetInput> Inputs(string folder)
    {
        string inputs = Path.Combine(folder, MlrunsFolder.Inputs);
        if (!Directory.Exists(inputs)) yield break;
        foreach (string input in Directory.EnumerateDirectories(inputs).Order(StringComparer.Ordinal))
        {
            var use = MetaYaml.Read(Path.Combine(input, MlrunsFolder.Meta));
            string file = Path.Combine(Path.GetDirectoryName(folder)!, MlrunsFolder.Datasets, use.Text("source_id"), MlrunsFolder.Meta);
            if (use.Find("source_type") != "DATASET" || !File.Exists(file)) continue; // as MLflow reads them
            var about = MetaYaml.Read(file);
            yield return new DatasetInput
            {
                Name = about.Text("name"), Digest = about.Text("digest"), SourceType = about.Text("source_type"), Source = about.Text("source"),
                Schema = about.Find("schema"), Profile = about.Find("profile"),
            }.WithTags(use.Mapping("tags"));
        }
    }
}
