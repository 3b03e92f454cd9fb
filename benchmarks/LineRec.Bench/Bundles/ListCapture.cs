using LineRec.Data;
using LineRec.Features;
using LineRec.Onnx;
using LineRec.Training;

namespace LineRec.Bench.Bundles;

/// <summary>Replays lists that were shown through the serving pipeline, with a capture in the ranker's place: a click is a positive, an impression without one a negative.</summary>
internal sealed class ListCapture : IServiceProvider, IRetriever
{
    private readonly OnnxUserEncoderFactory _encoders = new();
    private readonly CapturedFeatures _features = new();
    private readonly List<float> _labels = [];
    private readonly NpyMatrix<float> _itemEmbeddings;
    private readonly string _placement;
    private readonly Recommender _recommender; // not disposed: its snapshot is the caller's
    private ImpressionList _list = null!;

    public ListCapture(ModelSnapshot snapshot, IUserHistoryStore histories, string placement)
    {
        _placement = placement;
        _itemEmbeddings = snapshot.GetMatrix<float>("tables/item.npy", nameof(ListCapture));
        _recommender = new RecommenderBuilder(this)
            .UseHistories(histories)
            .AddPlacement(placement, p => p
                .Retrieve(r => r.TwoTower(1).Use("shown", 200, this))
                .Rank(r => r.Capture(_features, Select, Positions)))
            .Build(snapshot);
    }

    public RankingExamples Capture(IEnumerable<ImpressionList> lists)
    {
        foreach (var list in lists)
        {
            _list = list;
            var answer = _recommender.RecommendAsync(new() { Placement = _placement, UserId = list.UserId, Time = DateTimeOffset.FromUnixTimeMilliseconds(list.UnixMilliseconds), Seed = 1 });
            if (!answer.IsCompletedSuccessfully) answer.AsTask().GetAwaiter().GetResult();
        }

        return RankingExamples.From(_features, [.. _labels], _itemEmbeddings);
    }

    object? IServiceProvider.GetService(Type serviceType) => serviceType == typeof(IUserEncoderFactory) ? _encoders : null;

    ValueTask IRetriever.RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        foreach (int row in _list.Rows) candidates.Add(row, 0f);
        return ValueTask.CompletedTask;
    }

    private int Select(RequestContext context, CandidateTable candidates, Span<int> kept)
    {
        int count = 0;
        for (int i = 0; i < candidates.Count; i++)
        {
            int at = Array.IndexOf(_list.Rows, candidates.Rows[i]);
            if (at < 0) continue;
            kept[count++] = i;
            _labels.Add(_list.Clicked[at] ? 1f : 0f);
        }

        return count;
    }

    private void Positions(RequestContext context, CandidateTable candidates, Span<int> positions)
    {
        for (int i = 0; i < positions.Length; i++) positions[i] = Array.IndexOf(_list.Rows, candidates.Rows[i]) is >= 0 and var at ? Math.Max(1, _list.Positions[at]) : 1;
    }
}
