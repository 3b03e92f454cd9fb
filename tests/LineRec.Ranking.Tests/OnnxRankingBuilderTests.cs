using LineRec.Onnx;

namespace LineRec.Ranking.Tests;

public sealed class OnnxRankingBuilderTests : IDisposable
{
    private readonly RankerBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void The_verb_adds_a_ranker_that_is_made_from_the_snapshot_and_the_services()
    {
        var builder = new Builder();
        builder.Onnx("home");
        var (name, factory) = Assert.Single(builder.Added);
        Assert.Equal("onnx:home", name);
        using var snapshot = _bundle.Snapshot();
        Assert.IsType<OnnxRanker>(factory(new ComponentContext("home", snapshot, new Services())));
        Assert.Contains("placement 'cart'", Assert.Throws<InvalidOperationException>(() =>
        {
            builder.Onnx("cart");
            builder.Added[1].Factory(new ComponentContext("cart", snapshot, new Services()));
        }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => builder.Onnx(""));
    }

    private sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(OnnxOptions) ? new OnnxOptions { ThreadCount = 2 } : null;
    }

    private sealed class Builder : IRankingBuilder
    {
        public List<(string Name, ComponentFactory<IRanker> Factory)> Added { get; } = [];

        public IRankingBuilder Add(string name, ComponentFactory<IRanker> factory)
        {
            Added.Add((name, factory));
            return this;
        }

        public IRankingBuilder AddService<T>(string name)
            where T : class, IRanker => this;

        public IRankingBuilder OnFailure(FailurePolicy policy) => this;

        public IRankingBuilder Timeout(TimeSpan timeout) => this;

        public IRankingBuilder Take(int count) => this;
    }
}
