namespace LineRec.Training;

/// <summary>Which way a metric is better.</summary>
public enum MetricDirection
{
    /// <summary>Higher is better: recall, AUC, NDCG.</summary>
    Maximize = 0,

    /// <summary>Lower is better: losses, errors.</summary>
    Minimize = 1,
}
