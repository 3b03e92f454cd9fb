namespace LineRec.Recipes;

/// <summary>Puts what the steps before made for one instant into a bundle: everything but the rankers.</summary>
internal static class RetrievalBundle
{
    /// <summary>Starts a bundle whose time is the end of the run's day, so that a bundle made again is equal to the byte.</summary>
    public static BundleWriter Create(StepContext context, string root, string version) => BundleWriter.Create(root, version, new FixedTime(context.Run.End));

    /// <summary>Copies features, towers and neighbours, and writes catalog, charts and campaigns.</summary>
    public static void Write(StepContext context, ShopDataset dataset, BundleWriter bundle, DateTimeOffset asOf)
    {
        string towers = context.OutputOf(TwoTowerStep.StepName, asOf);
        CopyInto(bundle, context.OutputOf(FeaturesStep.StepName, asOf), FeaturesStep.ReportFile);
        CopyInto(bundle, towers, ModelFiles.FileName);
        CopyInto(bundle, context.OutputOf(ItemToItemStep.StepName, asOf), "");
        AddModels(bundle, ModelFiles.Read(towers));
        var catalog = context.Data.Catalog;
        bundle.WriteCatalog(catalog);
        bundle.WriteCharts(new RetrievalTraining(dataset, catalog, context.Console).Charts(context.Data.Events.Before(asOf), asOf));
        bundle.WriteCampaigns(context.Data.Log.ReadCampaigns());
    }

    /// <summary>Copies a folder's files but one and the step's record.</summary>
    public static void CopyInto(BundleWriter bundle, string folder, string except)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            if (name != except && name != StepRecord.FileName) File.Copy(file, bundle.PathOf(name));
        }
    }

    /// <summary>Names models, and what was measured of them.</summary>
    public static void AddModels(BundleWriter bundle, ModelFiles files)
    {
        foreach (var (name, model) in files.Models) bundle.AddModel(name, model);
        foreach (var (name, value) in files.Metrics) bundle.Metrics[name] = value;
    }
}
