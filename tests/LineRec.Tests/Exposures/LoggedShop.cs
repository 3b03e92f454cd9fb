using Microsoft.Extensions.Time.Testing;

namespace LineRec.Tests.Exposures;

/// <summary>A recommender whose answers are logged, and a clock that the writer follows.</summary>
internal sealed class LoggedShop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Recommender _recommender;
    private int _asked;

    public LoggedShop(ExposureLogOptions options, FaultyDisk? disk = null, Action<IPlacementBuilder>? placement = null)
    {
        Log = new ExposureLog(options, Time, Messages, disk is null ? ExposureSegment.Open : disk.Open);
        _recommender = TestShop.Build(placement ?? (p => p.Retrieve(r => r.Use("a", 10, TestShop.Rows([.. Enumerable.Range(0, 10)])))), more: b => b.UseExposureLog(Log).AddPlacement("charts", p => p.Retrieve(r => r.Use("c", 10, TestShop.Rows(50, 51, 52)))));
    }

    public FakeTimeProvider Time { get; } = new(TestShop.Now);

    public LogMessages Messages { get; } = new();

    public ExposureLog Log { get; }

    /// <summary>Asks for slates.</summary>
    /// <returns>Their attribution ids.</returns>
    public List<string> Ask(int requests) => [.. Enumerable.Range(0, requests).Select(_ => Ask(TestShop.Request(5, "u") with { Seed = (ulong)_asked++ }).AttributionId.ToString())];

    public Slate Ask(RecommendationRequest request)
    {
        var pending = _recommender.RecommendAsync(request);
        Assert.True(pending.IsCompletedSuccessfully); // the log makes no request wait
        return pending.Result;
    }

    public ValueTask<Explanation> ExplainAsync(RecommendationRequest request) => _recommender.ExplainAsync(request);

    /// <summary>Lets the writer's interval pass, and waits until it has done its work.</summary>
    public void Tick(Func<bool> isDone)
    {
        Time.Advance(ExposureLogDefaults.WriteInterval);
        Until(isDone);
    }

    public static void Until(Func<bool> isDone) => Assert.True(SpinWait.SpinUntil(isDone, Patience), "The writer didn't come to it.");

    public void Dispose()
    {
        Log.Dispose();
        _recommender.Dispose();
    }
}
