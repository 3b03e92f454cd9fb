namespace LineRec;

/// <summary>One component, made for a snapshot, with what the executor must know of it.</summary>
internal sealed class LinkedComponent<T>(string name, T? instance, Type? serviceType, FailurePolicy policy, TimeSpan? timeout, int take)
    where T : class
{
    public string Name => name;

    public FailurePolicy Policy => policy;

    public TimeSpan? Timeout => timeout;

    /// <summary>For rankers: how many candidates go on after this one; 0 for all.</summary>
    public int Take => take;

    public T Resolve(IServiceProvider? services) => instance ?? services?.GetService(serviceType!) as T
        ?? throw new InvalidOperationException($"'{name}' is taken from each request's services as {serviceType}, but the request has none; use the IRecommender of the request's scope.");
}
