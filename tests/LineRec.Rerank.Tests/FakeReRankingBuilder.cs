using LineRec.Conformance;

namespace LineRec.Rerank.Tests;

/// <summary>Takes what a builder verb adds and links it.</summary>
internal sealed class FakeReRankingBuilder : IReRankingBuilder, IServiceProvider
{
    public List<(string Name, ComponentFactory<IReRanker> Factory)> Added { get; } = [];

    public IReRankingBuilder Add(string name, ComponentFactory<IReRanker> factory)
    {
        Added.Add((name, factory));
        return this;
    }

    public IReRankingBuilder AddService<T>(string name)
        where T : class, IReRanker => throw new NotSupportedException();

    public IReRankingBuilder OnFailure(FailurePolicy policy) => this;

    public IReRankingBuilder Timeout(TimeSpan timeout) => this;

    public object? GetService(Type serviceType) => null;

    public IReRanker Link(ModelSnapshot snapshot) => Added.Single().Factory(new ComponentContext("home", snapshot, this));

    public static IReRanker Link(ModelSnapshot snapshot, Action<IReRankingBuilder> add)
    {
        var builder = new FakeReRankingBuilder();
        add(builder);
        return builder.Link(snapshot);
    }
}
