using System.Text.Json;

namespace LineRec;

/// <summary>Whether the parts of a bundle belong together: rows with the catalog's rows, models with the features they were trained on.</summary>
internal static class BundleAlignment
{
    private const string Remedy = "Make all parts from one catalog and one feature state, then publish again.";

    public static void Check(string bundle, BundleManifest manifest, Catalog catalog, bool scan)
    {
        RequireRows(bundle, manifest, BundleDefaults.ItemVectorsFile, catalog.Count);
        CheckNeighbours(bundle, manifest, catalog, scan);
        var features = manifest.Files.ContainsKey(BundleDefaults.FeaturesFile) ? ReadFeatureFingerprints(bundle) : null;
        foreach (var (name, model) in manifest.Models)
        {
            CheckFingerprint(bundle, name, model, features);
            foreach (var input in model.Inputs) CheckTable(bundle, manifest, catalog, name, input);
        }

        RequireRows(bundle, manifest, "tables/item.npy", catalog.Count);
    }

    private static void CheckNeighbours(string bundle, BundleManifest manifest, Catalog catalog, bool scan)
    {
        const string File = BundleDefaults.NeighboursFile;
        if (RequireRows(bundle, manifest, File, catalog.Count) is not { } shape) return;
        if (Header(bundle, manifest, BundleDefaults.NeighbourScoresFile) is { } scores && (scores.Rows != shape.Rows || scores.Columns != shape.Columns))
            throw new BundleException(bundle, BundleDefaults.NeighbourScoresFile, $"it is [{scores.Rows}, {scores.Columns}], '{File}' is [{shape.Rows}, {shape.Columns}].", Remedy);
        if (!scan) return;
        using var neighbours = Open<int>(bundle, File);
        for (int row = 0; row < neighbours.Rows; row++)
        {
            foreach (int neighbour in neighbours[row])
            {
                if (neighbour < -1 || neighbour >= catalog.Count)
                    throw new BundleException(bundle, File, $"row {row} names the neighbour {neighbour}; the catalog has {catalog.Count} items (-1 means none).", Remedy);
            }
        }
    }

    private static void CheckFingerprint(string bundle, string name, ModelDescription model, List<string>? features)
    {
        // A model made elsewhere may have no fingerprint, as long as nothing of the feature state is fed to it.
        bool dense = model.Inputs.Any(i => i.Kind == ModelInputKind.Dense);
        if (model.Fingerprint.Length == 0 && !dense) return;
        if (features is null)
            throw new BundleException(bundle, BundleDefaults.FeaturesFile, $"it is missing, and model '{name}' needs it.", "Publish the feature state with the model.");
        if (!features.Contains(model.Fingerprint, StringComparer.Ordinal))
            throw new BundleException(bundle, model.File, $"model '{name}' was trained with features '{model.Fingerprint}'; this bundle has features '{features[0]}'.", "Train the model on this feature state, or publish the one it was trained with.");
    }

    private static void CheckTable(string bundle, BundleManifest manifest, Catalog catalog, string name, ModelInput input)
    {
        if (input.Kind != ModelInputKind.Gathered) return;
        string file = $"tables/{input.Table}.npy";
        if (input.Table is null || Header(bundle, manifest, file) is not { } table)
            throw new BundleException(bundle, file, $"it isn't among the bundle's files, and input '{input.Name}' of model '{name}' gathers from it.", "Publish the table with the model.");
        if (table.Columns != input.Width)
            throw new BundleException(bundle, file, $"its rows have {table.Columns} values; input '{input.Name}' of model '{name}' takes {input.Width}.", Remedy);
        if (catalog.Find<TextColumn>(input.Table) is { } column && table.Rows <= column.Values.Length)
            throw new BundleException(bundle, file, $"it has {table.Rows} rows; the {column.Values.Length} values of column '{column.Name}' and the missing one need {column.Values.Length + 1}.", Remedy);
    }

    private static NpyHeader? RequireRows(string bundle, BundleManifest manifest, string file, int rows)
    {
        if (Header(bundle, manifest, file) is not { } header) return null;
        if (header.Rows != rows) throw new BundleException(bundle, file, $"it has {header.Rows} rows, the catalog {rows}.", Remedy);
        return header;
    }

    /// <summary>The header of a .npy file, whose length must be what the header says; null where the bundle has no such file.</summary>
    private static NpyHeader? Header(string bundle, BundleManifest manifest, string file)
    {
        if (!manifest.Files.ContainsKey(file)) return null;
        if (file == BundleDefaults.NeighboursFile)
        {
            using var integers = Open<int>(bundle, file);
            return new NpyHeader("", integers.Rows, integers.Columns, 0);
        }

        using var numbers = Open<float>(bundle, file);
        return new NpyHeader("", numbers.Rows, numbers.Columns, 0);
    }

    private static NpyMatrix<T> Open<T>(string bundle, string file)
        where T : unmanaged
    {
        try
        {
            return NpyMatrix<T>.Open(Path.Combine(bundle, file));
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException or ArgumentException)
        {
            throw new BundleException(bundle, file, e.Message, "Write the file anew and publish again.", e);
        }
    }

    /// <summary>The feature state's fingerprint, then those of the earlier states that it refreshes: models trained on any of them may be served with it.</summary>
    private static List<string> ReadFeatureFingerprints(string bundle)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(bundle, BundleDefaults.FeaturesFile));
            using var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind == JsonValueKind.Object &&
                document.RootElement.TryGetProperty("fingerprint", out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            {
                List<string> all = [text];
                if (document.RootElement.TryGetProperty("refreshOf", out var earlier) && earlier.ValueKind == JsonValueKind.Array)
                    all.AddRange(earlier.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!));
                return all;
            }
        }
        catch (JsonException e)
        {
            throw new BundleException(bundle, BundleDefaults.FeaturesFile, $"it isn't JSON: {e.Message}", Remedy, e);
        }

        throw new BundleException(bundle, BundleDefaults.FeaturesFile, "it has no string property 'fingerprint'.", Remedy);
    }
}
