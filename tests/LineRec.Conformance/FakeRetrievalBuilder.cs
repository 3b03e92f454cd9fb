using Microsoft.Extensions.DependencyInjection;

namespace LineRec.Conformance;

/// <summary>Takes what a builder verb adds and links it.</summary>
public sealed class FakeRetrievalBuilder : IRetrievalBuilder
{
    public List<(string Name, int Limit, ComponentFactory<IRetriever> Factory)> Added { get; } = [];

    public IRetrievalBuilder Add(string name, int limit, ComponentFactory<IRetriever> factory)
    {
        Added.Add((name, limit, factory));
        return this;
    }

    public IRetrievalBuilder AddService<T>(string name, int limit)
        where T : class, IRetriever => throw new NotSupportedException();

    public IRetrievalBuilder OnFailure(FailurePolicy policy) => this;

    public IRetrievalBuilder Timeout(TimeSpan timeout) => this;

    public IRetriever Link(ModelSnapshot snapshot, string placement = "home", Action<IServiceCollection>? services = null)
    {
        var collection = new ServiceCollection();
        services?.Invoke(collection);
        return Added.Single().Factory(new ComponentContext(placement, snapshot, collection.BuildServiceProvider()));
    }
}
