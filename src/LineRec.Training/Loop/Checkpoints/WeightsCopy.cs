namespace LineRec.Training;

/// <summary>A copy in memory of a module's weights.</summary>
internal sealed class WeightsCopy
{
    private readonly Action<TrainingState> _weights;
    private readonly Copy _copy = new();

    /// <summary>Copies them.</summary>
    /// <param name="weights">Names the module's weights.</param>
    public WeightsCopy(Action<TrainingState> weights)
    {
        _weights = weights;
        weights(_copy);
    }

    /// <summary>Sets the module's weights to the copy.</summary>
    public void Restore()
    {
        _copy.Begin(restoring: true);
        _weights(_copy);
    }

    /// <summary>Copies the weights of now.</summary>
    public void Update()
    {
        _copy.Begin(restoring: false);
        _weights(_copy);
    }

    /// <summary>Names the copy's values.</summary>
    public void Exchange(TrainingState state) => _copy.ExchangeWith(state);

    private sealed class Copy : TrainingState
    {
        private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
        private bool _isRestoring;

        public override bool IsRestoring => _isRestoring;

        public void Begin(bool restoring) => _isRestoring = restoring;

        public void ExchangeWith(TrainingState state)
        {
            foreach (var (name, entry) in _entries) entry.ExchangeWith(state, name);
        }

        private protected override void Exchange<T>(string name, Span<T> values)
        {
            if (!_entries.TryGetValue(name, out var entry)) _entries.Add(name, entry = new Entry<T>(new T[values.Length]));
            var copy = ((Entry<T>)entry).Values.AsSpan();
            if (_isRestoring) copy.CopyTo(values);
            else values.CopyTo(copy);
        }

        private protected override int CountOf<T>(string name, int count) => _isRestoring ? ((Entry<T>)_entries[name]).Values.Length : count;
    }

    private abstract class Entry
    {
        public abstract void ExchangeWith(TrainingState state, string name);
    }

    private sealed class Entry<T>(T[] values) : Entry
        where T : unmanaged
    {
        public T[] Values => values;

        public override void ExchangeWith(TrainingState state, string name) => state.Values(name, values.AsSpan());
    }
}
