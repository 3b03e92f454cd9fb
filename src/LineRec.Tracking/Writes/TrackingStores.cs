using Microsoft.Extensions.Logging;

namespace LineRec.Tracking;

/// <summary>Makes the store that the options ask for.</summary>
internal static class TrackingStores
{
    public static ITrackingStore Create(TrackingOptions options, Func<HttpClient>? client, TimeProvider time, ILogger logger)
    {
        if (TrackingUris.Server(options.TrackingUri) is not { } server) return new FileTrackingStore(TrackingUris.Folder(options.TrackingUri), time);
        var own = client is null ? new HttpClient { Timeout = Timeout.InfiniteTimeSpan } : null;
        var store = new MlflowTrackingStore(new MlflowClient(new MlflowHttp(client ?? (() => own!), server, options, time)), options, time, logger, own);
        return options.SpoolFolder is null ? store : new SpooledTrackingStore(store, new Spool(options.SpoolFolder), options.SpoolInterval, time, logger);
    }
}
