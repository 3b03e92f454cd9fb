namespace LineRec;

/// <summary>What a recommender works with beside its pipeline.</summary>
internal sealed class RecommenderOptions
{
    public IUserHistoryStore Histories { get; set; } = new InMemoryUserHistoryStore();

    public ILiveItems? Live { get; set; }

    /// <summary>Null where exposures aren't logged.</summary>
    public ExposureLog? Exposures { get; set; }

    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
