namespace LineRec.Features;

/// <summary>Builds a <see cref="FeatureSpec"/> fluently. Not thread-safe.</summary>
public sealed class FeatureSpecBuilder
{
    private readonly UserFeatureBuilder _user = new();
    private readonly ItemFeatureBuilder _item = new();
    private readonly CrossFeatureBuilder _cross = new();
    private HistoryPooling _history = new();

    internal FeatureSpecBuilder()
    {
    }

    /// <summary>Sets how a history is pooled.</summary>
    /// <param name="pooling">The pooling.</param>
    public FeatureSpecBuilder History(HistoryPooling pooling)
    {
        pooling.Validate();
        _history = pooling;
        return this;
    }

    /// <summary>Adds features of the user.</summary>
    /// <param name="configure">Names them.</param>
    public FeatureSpecBuilder User(Action<UserFeatureBuilder> configure)
    {
        configure(_user);
        return this;
    }

    /// <summary>Adds features of the item.</summary>
    /// <param name="configure">Names them.</param>
    public FeatureSpecBuilder Item(Action<ItemFeatureBuilder> configure)
    {
        configure(_item);
        return this;
    }

    /// <summary>Adds features of the pair.</summary>
    /// <param name="configure">Names them.</param>
    public FeatureSpecBuilder Cross(Action<CrossFeatureBuilder> configure)
    {
        configure(_cross);
        return this;
    }

    internal FeatureSpec Build() => new() { History = _history, User = [.. _user.Features], Item = [.. _item.Features], Cross = [.. _cross.Features] };
}
