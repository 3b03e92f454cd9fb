using System.Globalization;

namespace LineRec.Tracking;

/// <summary>Registered models, their versions and aliases, in a folder as MLflow has them.</summary>
internal sealed class FileModelRegistry(string root, TimeProvider time)
{
    private readonly string _models = Path.Combine(root, MlrunsFolder.Models);

    /// <summary>Registers a version, under the next number.</summary>
    public int Register(ModelRegistration model)
    {
        using var alone = SharedFolder.Lock(root);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        string folder = Path.Combine(_models, model.Name);
        if (!Directory.Exists(folder)) CreateModel(folder, model.Name, now);
        int version = 1 + Directory.EnumerateDirectories(folder, MlrunsFolder.VersionPrefix + "*")
            .Max(d => int.TryParse(Path.GetFileName(d)[MlrunsFolder.VersionPrefix.Length..], CultureInfo.InvariantCulture, out int number) ? number : (int?)0) ?? 1;
        string aside = SharedFile.Aside(folder);
        var meta = new MetaYaml(Path.Combine(aside, MlrunsFolder.Meta));
        meta.SetEmptyList("aliases");
        meta.Set("creation_timestamp", now);
        meta.Set("current_stage", "None");
        meta.Set("description", model.Description);
        meta.Set("last_updated_timestamp", now);
        meta.Set("name", model.Name);
        meta.Set("run_id", model.RunId);
        meta.Set("run_link", null);
        meta.Set("source", model.Source);
        meta.Set("status", "READY");
        meta.Set("status_message", null);
        meta.Set("storage_location", model.Source);
        meta.Set("user_id", null);
        meta.Set("version", version);
        meta.Save(folder);
        foreach (var (key, value) in model.Tags) SharedFile.Write(Path.Combine(aside, MlrunsFolder.Tags, key), value, folder);
        Directory.Move(aside, Version(folder, version)); // there whole: MLflow fails on a version without meta.yaml
        foreach (string alias in model.Aliases) Point(folder, alias, version);
        Touch(folder, now);
        return version;
    }

    public void SetAlias(string model, string alias, int version)
    {
        string folder = Path.Combine(_models, model);
        if (!Directory.Exists(Version(folder, version))) throw new TrackingException($"There is no version {version} of model '{model}' in '{root}'.") { ErrorCode = "RESOURCE_DOES_NOT_EXIST" };
        using var alone = SharedFolder.Lock(root);
        Point(folder, alias, version);
        Touch(folder, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public ModelVersion? Find(string model, string alias)
    {
        string folder = Path.Combine(_models, model), file = Path.Combine(folder, MlrunsFolder.Aliases, alias);
        if (!File.Exists(file)) return null;
        int version = int.Parse(SharedFile.Read(file), CultureInfo.InvariantCulture);
        var meta = MetaYaml.Read(Path.Combine(Version(folder, version), MlrunsFolder.Meta));
        return new ModelVersion
        {
            Name = model, Version = version, Source = meta.Text("source"), RunId = meta.Find("run_id"), Description = meta.Find("description"),
            Created = DateTimeOffset.FromUnixTimeMilliseconds(meta.Number("creation_timestamp")),
            Tags = MlrunsFolder.Texts(Path.Combine(Version(folder, version), MlrunsFolder.Tags)),
            Aliases = [.. MlrunsFolder.Texts(Path.Combine(folder, MlrunsFolder.Aliases)).Where(a => int.Parse(a.Value, CultureInfo.InvariantCulture) == version).Select(a => a.Key)],
        };
    }

    private static string Version(string folder, int version) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{MlrunsFolder.VersionPrefix}{version}"));

    private static void Point(string folder, string alias, int version) =>
        SharedFile.Write(Path.Combine(folder, MlrunsFolder.Aliases, alias), version.ToString(CultureInfo.InvariantCulture), folder);

    private static void Touch(string folder, long now)
    {
        var meta = MetaYaml.Read(Path.Combine(folder, MlrunsFolder.Meta));
        meta.Set("last_updated_timestamp", now);
        meta.Save(folder);
    }

    // MLflow fails on a model without meta.yaml. It is made in the trash, where folders without one are passed over, and moved.
    private void CreateModel(string folder, string name, long now)
    {
        string made = Path.Combine(root, MlrunsFolder.Trash, $"linerec-{Guid.NewGuid():n}"), aside = Path.Combine(made, "model");
        var meta = new MetaYaml(Path.Combine(aside, MlrunsFolder.Meta));
        meta.SetMapping("aliases", []);
        meta.Set("creation_timestamp", now);
        meta.Set("description", null);
        meta.Set("last_updated_timestamp", now);
        meta.Set("name", name);
        meta.Save(made);
        Directory.Move(aside, folder);
        Directory.Delete(made, recursive: true);
    }
}
