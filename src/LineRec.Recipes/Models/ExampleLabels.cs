using LineRec.Features;
using LineRec.Training;

namespace LineRec.Recipes;

/// <summary>Chooses which candidates of a captured request become examples, and notes their labels. One request at a time.</summary>
/// <param name="negatives">How many candidates that nobody judged are kept a request as negatives, the most; drawn evenly.</param>
/// <param name="keepUnchosen">Whether a request without any positive is kept: it says how likely a click is, but nothing of the order.</param>
/// <param name="seed">Seeds the draw.</param>
internal sealed class ExampleLabels(int negatives, bool keepUnchosen, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<float> _labels = [];
    private readonly Dictionary<int, int> _positions = [];
    private readonly List<int> _unjudged = [];
    private Func<int, bool?> _labelOf = _ => null;

    /// <summary>Prepares for the next request.</summary>
    /// <param name="labelOf">The label of a row; null for a candidate that nobody judged.</param>
    /// <param name="positions">The slot in which rows were shown; null where that isn't known.</param>
    public void Next(Func<int, bool?> labelOf, IEnumerable<(int Row, int Position)>? positions = null)
    {
        _labelOf = labelOf;
        _positions.Clear();
        foreach (var (row, position) in positions ?? []) _positions[row] = position;
    }

    /// <summary>As <see cref="CaptureSelector"/>.</summary>
    public int Select(RequestContext context, CandidateTable candidates, Span<int> kept)
    {
        int count = 0, before = _labels.Count;
        bool positive = false;
        _unjudged.Clear();
        for (int i = 0; i < candidates.Count; i++)
        {
            if (_labelOf(candidates.Rows[i]) is not { } label)
            {
                _unjudged.Add(i);
                continue;
            }

            kept[count++] = i;
            _labels.Add(label ? 1f : 0f);
            positive |= label;
        }

        for (int draw = 0; draw < Math.Min(negatives, _unjudged.Count); draw++)
        {
            int pick = draw + _random.Next(_unjudged.Count - draw);
            (_unjudged[draw], _unjudged[pick]) = (_unjudged[pick], _unjudged[draw]);
            kept[count++] = _unjudged[draw];
            _labels.Add(0f);
        }

        if (positive || keepUnchosen) return count;
        _labels.RemoveRange(before, _labels.Count - before);
        return 0;
    }

    /// <summary>As <see cref="CapturePositions"/>.</summary>
    public void Positions(RequestContext context, CandidateTable candidates, Span<int> positions)
    {
        for (int i = 0; i < positions.Length; i++) positions[i] = _positions.GetValueOrDefault(candidates.Rows[i], 1);
    }

    /// <summary>The captured features with the labels, as a ranker learns from them.</summary>
    public RankingExamples Join(CapturedFeatures features) => new()
    {
        GroupOffsets = features.Offsets.ToArray(),
        ItemRows = features.Rows.ToArray(),
        Labels = [.. _labels],
        GroupTimes = features.Times.ToArray(),
        User = new NpyMatrix<float>(features.User.ToArray(), features.Encoder!.UserWidth),
        Cross = new NpyMatrix<float>(features.Cross.ToArray(), features.Encoder.CrossWidth),
        ItemFeatures = features.Encoder.ItemBlock,
    };
}
