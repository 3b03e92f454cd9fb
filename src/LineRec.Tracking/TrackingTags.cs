namespace LineRec.Tracking;

/// <summary>Tags that mean something to MLflow, and our own.</summary>
internal static class TrackingTags
{
    public const string RunName = "mlflow.runName";
    public const string User = "mlflow.user";
    public const string SourceType = "mlflow.source.type";
    public const string DatasetContext = "mlflow.data.context";

    /// <summary>The key under which a run or model version was asked for, so that asking twice creates one.</summary>
    public const string Key = "linerec.key";
}
