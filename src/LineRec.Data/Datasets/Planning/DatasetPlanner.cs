using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LineRec.Data;

/// <summary>Reads the footers, checks that files agree, and leaves out what conditions rule out.</summary>
internal sealed class DatasetPlanner(DatasetOptions options)
{
    private readonly List<DatasetFile> _files = [];
    private readonly List<RowGroup> _groups = [];
    private readonly List<DatasetQuarantine> _quarantined = [];
    private DatasetField[]? _fields;
    private Dictionary<string, DatasetField> _stored = [];
    private ColumnTest[] _tests = [];
    private int _prunedGroups;
    private int _prunedFiles;

    /// <summary>Plans.</summary>
    /// <param name="sources">The files.</param>
    public DatasetPlan Plan(IEnumerable<DatasetSource> sources)
    {
        DatasetSource? ruledOut = null;
        foreach (var source in sources.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            if (!IsRuledOut(source))
            {
                Add(source);
                continue;
            }

            _prunedFiles++;
            ruledOut ??= source;
        }

        // Where no file is left, one of the others still says which columns there would be.
        if (_fields is null && _quarantined.Count == 0 && ruledOut is not null && Footer(ruledOut) is { } footer) Begin(ruledOut, footer);
        if (_fields is null)
        {
            throw new InvalidDataException(_quarantined.Count == 0
                ? "The dataset has no files. Name at least one."
                : $"None of the dataset's {_quarantined.Count} files can be read; the first: {_quarantined[0].Reason}");
        }

        return new DatasetPlan(_fields, _files, _groups, _prunedGroups, _prunedFiles, _tests, _quarantined, Fingerprint());
    }

    /// <summary>Whether a file's path alone says that it holds no row of interest: then it isn't opened.</summary>
    private bool IsRuledOut(DatasetSource source)
    {
        var partitions = Partitions(source);
        return options.Where.Any(c => partitions.TryGetValue(c.Column, out string? value) && !new TextTest(c, PartitionField(c.Column)).Holds(value));
    }

    [SuppressMessage("Design", "CA1031", Justification = "Damaged bytes make the library throw whatever it stumbles over.")]
    private FileFooter? Footer(DatasetSource source)
    {
        try
        {
            return FileFooter.Read(source);
        }
        catch (Exception e) when (e is not (FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException))
        {
            LeaveOut(source, 0, $"'{source.Name}' isn't a whole Parquet file: {OneLine.Of(e)} Was its writer stopped before the end, or is it of another format? Write it anew, or read with DatasetDamagePolicy.Quarantine.", e);
            return null;
        }
    }

    private void Add(DatasetSource source)
    {
        if (Footer(source) is not { } footer) return;
        if (_fields is null) Begin(source, footer);
        var partitions = Partitions(source);
        if (Drift(source, footer, partitions) is { } drift)
        {
            LeaveOut(source, footer.Groups.Sum(g => (long)g.Rows), drift, null);
            return;
        }

        int file = _files.Count;
        var leaves = _stored.Keys.ToDictionary(name => name, name => footer.Leaves[name]);
        foreach (var group in footer.Groups)
        {
            if (group.Rows == 0) continue;
            if (_tests.Any(t => !group.MayHold(t, leaves[t.Field.Name]))) _prunedGroups++;
            else _groups.Add(RowGroupMemory.Describe(file, group, leaves, _fields!, _tests.Select(t => t.Field)));
        }

        _files.Add(new DatasetFile(source, partitions, leaves));
    }

    /// <summary>The first file says which columns there are and of which types.</summary>
    private void Begin(DatasetSource source, FileFooter footer)
    {
        var known = footer.Leaves.Values.Select(l => l.Field).ToDictionary(f => f.Name);
        foreach (string key in Partitions(source).Keys) known[key] = PartitionField(key);
        DatasetField Find(string name) => known.GetValueOrDefault(name) ?? throw new ArgumentException(
            footer.Unreadable.TryGetValue(name, out string? type)
                ? $"Column '{name}' of '{source.Name}' is of type {type}, which a dataset doesn't read. Cast it to a number, text, a timestamp or a list of these when writing."
                : $"'{source.Name}' has no column '{name}'; it has {string.Join(", ", known.Keys)}. Correct the name, or write that column.");
        _fields = [.. (options.Columns ?? [.. known.Keys]).Select(Find)];
        _tests = [.. options.Where.Where(c => !Find(c.Column).IsPartition).Select(c => ColumnTest.For(c, Find(c.Column)))];
        foreach (string name in options.Vocabularies.Keys)
        {
            if (Find(name).Type != typeof(string)) throw new ArgumentException($"Column '{name}' holds {Find(name)}, but a vocabulary numbers texts. Leave its vocabulary out.");
        }

        _stored = _fields.Concat(_tests.Select(t => t.Field)).Where(f => !f.IsPartition).DistinctBy(f => f.Name).ToDictionary(f => f.Name);
    }

    private string? Drift(DatasetSource source, FileFooter footer, Dictionary<string, string?> partitions)
    {
        foreach (var field in _stored.Values)
        {
            string? found = footer.Leaves.TryGetValue(field.Name, out var leaf) ? leaf.Field == field ? null : leaf.Field.ToString() : footer.Unreadable.GetValueOrDefault(field.Name, "no such column");
            if (found is not null)
                return $"'{source.Name}', column '{field.Name}': needs {field}, as in the first file, found {found}. Write the file anew with the columns of the others, or read with DatasetDamagePolicy.Quarantine.";
        }

        string? missing = _fields!.Where(f => f.IsPartition).Select(f => f.Name).FirstOrDefault(k => !partitions.ContainsKey(k));
        return missing is null ? null : $"'{source.Name}' lies in no folder '{missing}=…', as the first file does. Move it into its partition, or read with DatasetDamagePolicy.Quarantine.";
    }

    private void LeaveOut(DatasetSource source, long rows, string reason, Exception? cause)
    {
        if (options.OnDamage == DatasetDamagePolicy.Throw) throw new InvalidDataException(reason, cause);
        _quarantined.Add(new DatasetQuarantine(source.Name, -1, rows, reason));
    }

    private string Fingerprint()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"1|{options.Seed}|{options.ShuffleRows}|{options.Shard}/{options.ShardCount}|{string.Join('&', options.Where)}");
        foreach (var group in _groups) text.Append(CultureInfo.InvariantCulture, $"|{_files[group.File].Source.Key}:{group.Index}:{group.Rows}:{group.StoredBytes}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static DatasetField PartitionField(string key) => new(key, typeof(string), IsPartition: true);

    private static Dictionary<string, string?> Partitions(DatasetSource source)
    {
        var partitions = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in HivePath.Values(source.Key)) partitions[key] = value;
        return partitions;
    }
}
