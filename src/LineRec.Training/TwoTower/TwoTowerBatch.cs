namespace LineRec.Training;

/// <summary>
/// One training step's examples in plain memory: pooled histories, and as columns of the loss the candidate items (first the
/// positives of the batch, then evenly drawn ones), and behind them each example's own hard negatives. Buffers are reused from step to step.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TwoTowerBatch
{
    private readonly InteractionTable _events;
    private readonly TwoTowerOptions _options;
    private readonly NegativeSampler _sampler;
    private readonly double[] _share; // of each item among the positives
    private readonly StreamingFrequency? _frequency; // takes its place where the log isn't counted
    private readonly int[] _firstColumn; // of an item among the candidates, or -1
    private readonly List<int> _nextColumn = [];
    private readonly int[] _hardRow; // of an item among the hard ones, or -1
    private readonly HashSet<int> _chosen = [];
    private readonly List<int> _window = [];
    private readonly List<int> _examples = [];
    private readonly long _to;
    private int[] _users = []; // of all examples
    private readonly int[] _rows;
    private readonly float[] _weights;

    /// <param name="events">All events.</param>
    /// <param name="options">Which negatives there are.</param>
    /// <param name="examples">What is trained on.</param>
    /// <param name="sampler">Draws evenly.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="to">The end of the time that may be known, in milliseconds since 1970.</param>
    public TwoTowerBatch(InteractionTable events, TwoTowerOptions options, TwoTowerExamples examples, NegativeSampler sampler, int itemCount, long to)
    {
        _to = to;
        (_events, _options, _sampler) = (events, options, sampler);
        (_rows, _weights) = (new int[options.HistoryPooling.Last], new float[options.HistoryPooling.Last]);
        _firstColumn = new int[itemCount];
        Array.Fill(_firstColumn, -1);
        _hardRow = options.HardNegatives is null ? [] : new int[itemCount];
        Array.Fill(_hardRow, -1);
        _share = new double[itemCount];
        foreach (int item in examples.Items) _share[item] += 1.0 / examples.Items.Length;
        if (options.LogQ == LogQCorrection.Streaming) _frequency = new StreamingFrequency(itemCount);
        bool all = options.UniformNegatives >= sampler.Count;
        LeadsWithPositives = options.InBatchNegatives && !all;
        IsCorrected = options.LogQ != LogQCorrection.None && !all;
        HardPerExample = all ? 0 : options.HardNegatives?.Count ?? 0;
    }

    /// <summary>Whether the first candidates are the positives of the batch; not where all items are candidates anyway.</summary>
    public bool LeadsWithPositives { get; }

    /// <summary>Whether candidates count by <see cref="LogExpected"/>; not where all items are candidates.</summary>
    public bool IsCorrected { get; }

    /// <summary>How many hard negatives each example has; <see cref="AddHardNegatives"/> must follow each <see cref="Fill"/> where it isn't 0.</summary>
    public int HardPerExample { get; }

    /// <summary>The columns of the loss: candidates, then hard negatives.</summary>
    public int Columns => Candidates.Count + HardPerExample;

    /// <summary>How many examples there are.</summary>
    public int Count { get; private set; }

    /// <summary>The pooled rows of all examples: item, weight, and the example.</summary>
    public List<(int Item, float Weight, int Example)> History { get; } = [];

    /// <summary>The positives' items.</summary>
    public List<int> Positives { get; } = [];

    /// <summary>The example of each positive.</summary>
    public List<long> PositiveExamples { get; } = [];

    /// <summary>The weight of each positive.</summary>
    public List<float> PositiveWeights { get; } = [];

    /// <summary>The candidates' items; a popular one may be there more than once.</summary>
    public List<int> Candidates { get; } = [];

    /// <summary>The logarithm of how often each candidate is expected to be among the candidates.</summary>
    public List<float> LogExpected { get; } = [];

    /// <summary>The distinct items of all hard negatives.</summary>
    public List<int> HardItems { get; } = [];

    /// <summary>Each example's hard negatives [examples, HardPerExample], as places in <see cref="HardItems"/>.</summary>
    public List<long> Hard { get; } = [];

    /// <summary>The logarithm of how often each example's hard negatives are expected, an example.</summary>
    public List<float> LogExpectedHard { get; } = [];

    /// <summary>Cells (example × columns + column) that are no negatives.</summary>
    public List<long> Masked { get; } = [];

    /// <summary>Fills the batch from the next examples.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="order">The order in which they are gone through.</param>
    /// <param name="next">The next place of that order.</param>
    /// <returns>The place after the last one taken.</returns>
    public int Fill(TwoTowerExamples examples, int[] order, int next)
    {
        foreach (int item in Candidates) _firstColumn[item] = -1;
        History.Clear();
        Positives.Clear();
        PositiveExamples.Clear();
        PositiveWeights.Clear();
        Masked.Clear();
        _examples.Clear();
        Count = 0;
        for (; next < order.Length && (Count == 0 || Positives.Count < _options.BatchSize); next++, Count++)
        {
            int example = order[next];
            _examples.Add(example);
            Pool(examples, example);
            for (int at = examples.Offsets[example]; at < examples.Offsets[example + 1]; at++)
            {
                Positives.Add(examples.Items[at]);
                PositiveExamples.Add(Count);
                PositiveWeights.Add(examples.Weights[at]);
            }
        }

        ChooseCandidates();
        for (int i = 0; i < Count; i++) Mask(examples, _examples[i], i);
        _users = examples.Users;
        return next;
    }

    /// <summary>Draws each example's hard negatives from the items nearest to it. See <see cref="HardNegativeOptions"/>.</summary>
    /// <param name="nearest">[examples, count], nearest first, distinct; -1 for none.</param>
    /// <param name="count">How many there are an example.</param>
    /// <param name="random">Draws.</param>
    public void AddHardNegatives(ReadOnlySpan<int> nearest, int count, Random random)
    {
        foreach (int item in HardItems) _hardRow[item] = -1;
        HardItems.Clear();
        Hard.Clear();
        LogExpectedHard.Clear();
        for (int row = 0; row < Count; row++)
        {
            FindWindow(_users[_examples[row]], nearest.Slice(row * count, count));
            int drawn = Math.Min(HardPerExample, _window.Count);
            LogExpectedHard.Add(IsCorrected && drawn > 0 ? (float)Math.Log((double)drawn / _window.Count) : 0f);
            foreach (int item in _window) Mask(item, row); // the drawn ones stand for all of them
            for (int i = 0; i < HardPerExample; i++)
            {
                if (i >= drawn) Masked.Add(((long)row * Columns) + Candidates.Count + i);
                else
                {
                    int at = random.Next(i, _window.Count);
                    (_window[i], _window[at]) = (_window[at], _window[i]);
                }

                Hard.Add(HardRowOf(i < drawn ? _window[i] : Candidates[0]));
            }
        }
    }

    // The nearest items that the user had no event with, without the first ones.
    private void FindWindow(int user, ReadOnlySpan<int> nearest)
    {
        _chosen.Clear();
        for (int at = _events.Offsets[user]; at < _events.Offsets[user + 1] && _events.Times[at] < _to; at++) _chosen.Add(_events.Rows[at]);
        _window.Clear();
        int passed = 0;
        foreach (int item in nearest)
        {
            if (item < 0 || _chosen.Contains(item) || passed++ < _options.HardNegatives!.Skip) continue;
            if (_window.Count == _options.HardNegatives.Window) break;
            _window.Add(item);
        }
    }

    private int HardRowOf(int item)
    {
        if (_hardRow[item] >= 0) return _hardRow[item];
        HardItems.Add(item);
        return _hardRow[item] = HardItems.Count - 1;
    }

    private void Pool(TwoTowerExamples examples, int example)
    {
        int first = _events.Offsets[examples.Users[example]], length = examples.HistoryEnds[example] - first;
        int count = _options.HistoryPooling.Select(_events.Rows.AsSpan(first, length), _events.Types.AsSpan(first, length), _rows, _weights);
        for (int i = 0; i < count; i++) History.Add((_rows[i], _weights[i], Count));
    }

    private void ChooseCandidates()
    {
        Candidates.Clear();
        LogExpected.Clear();
        _nextColumn.Clear();
        if (LeadsWithPositives) Candidates.AddRange(Positives);
        Candidates.AddRange(_sampler.Next(_options.UniformNegatives));
        if (_frequency is not null)
        {
            foreach (int item in Positives) _frequency.Add(item);
        }

        double uniform = Math.Min(1, (double)_options.UniformNegatives / _sampler.Count);
        for (int column = 0; column < Candidates.Count; column++)
        {
            int item = Candidates[column];
            double share = !LeadsWithPositives ? 0 : _frequency?[item] ?? _share[item];
            LogExpected.Add(IsCorrected ? (float)Math.Log((Positives.Count * share) + uniform) : 0f);
            _nextColumn.Add(_firstColumn[item]);
            _firstColumn[item] = column;
        }
    }

    // The positives of an example aren't its negatives, nor are the items of its history where they couldn't be positives.
    private void Mask(TwoTowerExamples examples, int example, int row)
    {
        foreach (int item in examples.Items.AsSpan(examples.Offsets[example]..examples.Offsets[example + 1])) Mask(item, row);
        if (!_options.ExcludeRepeats) return;
        foreach (int item in _events.Rows.AsSpan(_events.Offsets[examples.Users[example]]..examples.HistoryEnds[example])) Mask(item, row);
    }

    private void Mask(int item, int row)
    {
        for (int column = _firstColumn[item]; column >= 0; column = _nextColumn[column]) Masked.Add(((long)row * Columns) + column);
    }
}
