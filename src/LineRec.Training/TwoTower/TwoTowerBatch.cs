namespace LineRec.Training;

/// <summary>
/// One training step's examples in plain memory: what their histories pick, and as columns of the loss the candidate items (first the
/// positives of the batch, then evenly drawn ones), and behind them each example's own negatives. Buffers are reused from step to step.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TwoTowerBatch
{
    private readonly InteractionTable _events;
    private readonly TwoTowerOptions _options;
    private readonly NegativeSampler _sampler;
    private readonly bool _shares; // whether examples have negatives that aren't their own
    private readonly double[] _share; // of each item among the positives
    private readonly StreamingFrequency? _frequency; // takes its place where the log isn't counted
    private readonly int[] _firstColumn; // of an item among the candidates, or -1
    private readonly List<int> _nextColumn = [];

    /// <param name="events">All events.</param>
    /// <param name="options">Which negatives there are.</param>
    /// <param name="examples">What is trained on.</param>
    /// <param name="sampler">Draws evenly.</param>
    /// <param name="itemCount">How many items there are.</param>
    public TwoTowerBatch(InteractionTable events, TwoTowerOptions options, TwoTowerExamples examples, NegativeSampler sampler, int itemCount)
    {
        (_events, _options, _sampler) = (events, options, sampler);
        Histories = new PickedHistories(events, options.HistoryPooling);
        _firstColumn = new int[itemCount];
        Array.Fill(_firstColumn, -1);
        _share = new double[itemCount];
        foreach (int item in examples.Items) _share[item] += 1.0 / examples.Items.Length;
        if (options.LogQ == LogQCorrection.Streaming) _frequency = new StreamingFrequency(itemCount);
        bool all = options.UniformNegatives >= sampler.Count;
        _shares = options.ImpressionNegatives is not { Only: true };
        LeadsWithPositives = options.InBatchNegatives && !all && _shares;
        if (options.ImpressionNegatives is { } shown) Own = new OwnNegatives(shown.Count, shown.Weight, itemCount);
        else if (!all && options.HardNegatives is { } hard) Own = new OwnNegatives(hard.Count, 1, itemCount);
        IsCorrected = options.LogQ != LogQCorrection.None && (!all || Own is not null);
    }

    /// <summary>Whether the first candidates are the positives of the batch; not where all items are candidates anyway, or none.</summary>
    public bool LeadsWithPositives { get; }

    /// <summary>Whether negatives count by <see cref="LogExpected"/>; not where all items are candidates and no more.</summary>
    public bool IsCorrected { get; }

    /// <summary>The examples' own negatives, if they have some; <see cref="HardNegativeMiner"/> or <see cref="ImpressionNegatives"/> draws them after each <see cref="Fill"/>.</summary>
    public OwnNegatives? Own { get; }

    /// <summary>The columns of the loss: candidates, then own negatives.</summary>
    public int Columns => Candidates.Count + (Own?.PerExample ?? 0);

    /// <summary>How many examples there are.</summary>
    public int Count { get; private set; }

    /// <summary>The user of each example.</summary>
    public List<int> Users { get; } = [];

    /// <summary>The moment of each example in milliseconds since 1970.</summary>
    public List<long> Times { get; } = [];

    /// <summary>What the examples' histories pick, in the examples' order.</summary>
    public PickedHistories Histories { get; }

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

    /// <summary>Cells (example × columns + column) that are no negatives.</summary>
    public List<long> Masked { get; } = [];

    /// <summary>Fills the batch.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="picked">The numbers of those that are taken.</param>
    public void Fill(TwoTowerExamples examples, ReadOnlySpan<int> picked)
    {
        foreach (int item in Candidates) _firstColumn[item] = -1;
        Histories.Clear();
        Positives.Clear();
        PositiveExamples.Clear();
        PositiveWeights.Clear();
        Masked.Clear();
        Users.Clear();
        Times.Clear();
        Count = 0;
        foreach (int example in picked)
        {
            Users.Add(examples.Users[example]);
            Times.Add(_events.Times[examples.HistoryEnds[example]]);
            Histories.Add(_events.Offsets[examples.Users[example]], examples.HistoryEnds[example]);
            for (int at = examples.Offsets[example]; at < examples.Offsets[example + 1]; at++)
            {
                Positives.Add(examples.Items[at]);
                PositiveExamples.Add(Count);
                PositiveWeights.Add(examples.Weights[at]);
            }

            Count++;
        }

        ChooseCandidates();
        for (int i = 0; i < Count; i++) Mask(examples, picked[i], i);
    }

    /// <summary>Names what batches depend on besides their examples: what is known of items' frequencies.</summary>
    public void Exchange(TrainingState state) => _frequency?.Exchange(state);

    /// <summary>Takes an item out of an example's negatives, wherever it is among the candidates.</summary>
    public void Mask(int item, int example)
    {
        for (int column = _firstColumn[item]; column >= 0; column = _nextColumn[column]) MaskColumn(column, example);
    }

    /// <summary>Takes a column out of an example's negatives.</summary>
    public void MaskColumn(int column, int example) => Masked.Add(((long)example * Columns) + column);

    private void ChooseCandidates()
    {
        Candidates.Clear();
        LogExpected.Clear();
        _nextColumn.Clear();
        if (LeadsWithPositives) Candidates.AddRange(Positives);
        if (_shares) Candidates.AddRange(_sampler.Next(_options.UniformNegatives));
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
}
