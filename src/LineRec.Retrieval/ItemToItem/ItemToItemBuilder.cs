using System.Buffers;
using System.Collections.Concurrent;

namespace LineRec.Retrieval;

/// <summary>
/// Counts which items go together: s(h, c) = Σ w_u · x_uh · x_uc / (n_h^q · n_c^b) over users u, with x the weight of a user's item,
/// w_u = (the user's items)^-a and n_i = Σ w_u · x_ui². With q = b = 1/2 it is the cosine between the items' columns of users. With a
/// <see cref="ItemToItemWindow"/> the sum is over pairs of a user's events near each other instead, and n_i over the item's events.
/// An item is never its own neighbour.
/// </summary>
/// <remarks>
/// Thread-safe once built. 24 bytes an entry (a user's item or event) and 12 bytes an item a thread. <see cref="Build"/> takes
/// O(Σ over users of entries²), with a window O(entries × distance); results don't depend on the number of threads. See B. Sarwar et al.,
/// "Item-based collaborative filtering recommendation algorithms", WWW 2001; for the user weight J. Breese et al., UAI 1998.
/// </remarks>
public sealed class ItemToItemBuilder
{
    private readonly ItemToItemBuilderOptions _options;
    private readonly CountedEvents _events;
    private readonly double[] _userWeights;
    private readonly double[] _popularity;
    private readonly double[] _historyScale;
    private readonly double[] _candidateScale;
    private readonly ConcurrentBag<CoOccurrenceSums> _pool = [];

    /// <summary>Reads the events. O(events).</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="itemCount">How many rows the catalog has.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ItemToItemBuilder(InteractionTable interactions, int itemCount, ItemToItemBuilderOptions? options = null)
    {
        _options = options ?? new ItemToItemBuilderOptions();
        _options.Validate();
        _events = _options.Window is null ? CountedEvents.Items(interactions, itemCount, _options) : CountedEvents.Events(interactions, itemCount, _options);
        _userWeights = new double[_events.UserCount];
        _popularity = new double[itemCount];
        for (int user = 0; user < _userWeights.Length; user++)
        {
            int start = _events.UserOffsets[user], end = _events.UserOffsets[user + 1];
            _userWeights[user] = end == start ? 0 : Math.Pow(end - start, -_options.UserActivityExponent);
            for (int e = start; e < end; e++) _popularity[_events.Rows[e]] += _userWeights[user] * _events.Weights[e] * _events.Weights[e];
        }

        _historyScale = Array.ConvertAll(_popularity, n => n > 0 ? Math.Pow(n, -_options.HistoryExponent) : 0);
        _candidateScale = Array.ConvertAll(_popularity, n => n > 0 ? Math.Pow(n, -_options.CandidateExponent) : 0);
    }

    /// <summary>How many items there are.</summary>
    public int ItemCount => _popularity.Length;

    /// <summary>The best neighbours of every item.</summary>
    /// <param name="neighbours">How many an item has at the most, 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public NeighbourTable Build(int neighbours, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(neighbours);
        var rows = new int[checked(ItemCount * neighbours)];
        var scores = new float[rows.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxThreads ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(
            0,
            ItemCount,
            parallel,
            Rent,
            (item, _, sums) =>
            {
                var to = rows.AsSpan(item * neighbours, neighbours);
                AddPairs(item, _historyScale[item], sums);
                int found = sums.TakeBest(item, _candidateScale, to, scores.AsSpan(item * neighbours, neighbours));
                to[found..].Fill(-1);
                return sums;
            },
            _pool.Add);
        return new NeighbourTable(new NpyMatrix<int>(rows, neighbours), new NpyMatrix<float>(scores, neighbours));
    }

    /// <summary>Scores all items for a history, untruncated: Σ w(h) · s(h, c). For evaluation and tuning.</summary>
    /// <param name="history">Distinct item rows.</param>
    /// <param name="weights">A weight an item, 0 or more.</param>
    /// <param name="scores">Receives a score for every item.</param>
    /// <remarks>O(items + entries of all users who share an item with the history); with a window O(entries of the history's items × distance).</remarks>
    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, Span<float> scores)
    {
        if (weights.Length != history.Length) throw new ArgumentException($"{history.Length} items came with {weights.Length} weights.", nameof(weights));
        if (scores.Length != ItemCount) throw new ArgumentException($"Room for {scores.Length} scores; there are {ItemCount} items.", nameof(scores));
        var sums = Rent();
        if (_options.Window is null) AddByUser(history, weights, sums);
        else
        {
            for (int i = 0; i < history.Length; i++) AddWindow(history[i], weights[i] * _historyScale[history[i]], sums);
        }

        sums.TakeAll(_candidateScale, scores);
        _pool.Add(sums);
    }

    private CoOccurrenceSums Rent() => _pool.TryTake(out var sums) ? sums : new CoOccurrenceSums(ItemCount);

    /// <summary>Without a window the sum over history items can be done once a user: each user's affinity to the history, then that user's items.</summary>
    private void AddByUser(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, CoOccurrenceSums sums)
    {
        double[] affinity = ArrayPool<double>.Shared.Rent(_events.UserCount);
        affinity.AsSpan(0, _events.UserCount).Clear();
        for (int i = 0; i < history.Length; i++)
        {
            double scale = weights[i] * _historyScale[history[i]];
            for (int at = _events.ItemOffsets[history[i]]; at < _events.ItemOffsets[history[i] + 1]; at++)
                affinity[_events.UsersByItem[at]] += scale * _events.Weights[_events.EntriesByItem[at]];
        }

        for (int user = 0; user < _events.UserCount; user++)
        {
            if (affinity[user] == 0) continue;
            double weight = affinity[user] * _userWeights[user];
            for (int e = _events.UserOffsets[user]; e < _events.UserOffsets[user + 1]; e++) sums.Add(_events.Rows[e], weight * _events.Weights[e]);
        }

        ArrayPool<double>.Shared.Return(affinity);
        for (int i = 0; i < history.Length; i++)
        {
            sums.Subtract(history[i], weights[i] * _historyScale[history[i]] * _popularity[history[i]]); // an item isn't its own neighbour
        }
    }

    private void AddPairs(int item, double scale, CoOccurrenceSums sums)
    {
        if (_options.Window is not null)
        {
            AddWindow(item, scale, sums);
            return;
        }

        for (int at = _events.ItemOffsets[item]; at < _events.ItemOffsets[item + 1]; at++)
        {
            int user = _events.UsersByItem[at];
            double weight = scale * _userWeights[user] * _events.Weights[_events.EntriesByItem[at]];
            for (int e = _events.UserOffsets[user]; e < _events.UserOffsets[user + 1]; e++) sums.Add(_events.Rows[e], weight * _events.Weights[e]);
        }
    }

    private void AddWindow(int item, double scale, CoOccurrenceSums sums)
    {
        var window = _options.Window!;
        for (int at = _events.ItemOffsets[item]; at < _events.ItemOffsets[item + 1]; at++)
        {
            int user = _events.UsersByItem[at], own = _events.EntriesByItem[at];
            double weight = scale * _userWeights[user] * _events.Weights[own];
            int first = Math.Max(_events.UserOffsets[user], own - window.MaxDistance), end = Math.Min(_events.UserOffsets[user + 1], own + window.MaxDistance + 1);
            for (int e = first; e < end; e++)
            {
                if (_events.Rows[e] == item) continue;
                double near = window.Nearness(_events.Times[own], _events.Times[e], isBefore: e < own);
                if (near > 0) sums.Add(_events.Rows[e], weight * near * _events.Weights[e]);
            }
        }
    }
}
