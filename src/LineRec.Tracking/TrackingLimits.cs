namespace LineRec.Tracking;

/// <summary>What MLflow takes at the most, and what is buffered here.</summary>
public static class TrackingLimits
{
    /// <summary>Metrics in one call.</summary>
    public const int MetricsPerBatch = 1000;

    /// <summary>Parameters in one call.</summary>
    public const int ParamsPerBatch = 100;

    /// <summary>Tags in one call.</summary>
    public const int TagsPerBatch = 100;

    /// <summary>Characters of a name.</summary>
    public const int KeyLength = 250;

    /// <summary>Characters of a parameter's value.</summary>
    public const int ParamValueLength = 6000;

    /// <summary>Characters of a tag's value.</summary>
    public const int TagValueLength = 5000;

    /// <summary>Metrics of a run that wait to be sent.</summary>
    public const int BufferedMetrics = 65_536;

    internal const int DatasetNameLength = 500;
    internal const int DatasetDigestLength = 36;
    internal const int DatasetSourceLength = 65_535;
    internal const int DatasetSchemaLength = 65_535;
    internal const int DatasetProfileLength = 16_777_215;
    internal const int DatasetTagKeyLength = 255;
    internal const int DatasetTagValueLength = 500;
    internal const int AliasLength = 255;

    /// <summary>Bytes of one call's parameters or tags; MLflow takes a million, of which JSON's own characters need some.</summary>
    internal const int BatchBytes = 800_000;
}
