using System.Numerics.Tensors;
using LineRec.Training;

namespace LineRec.Bench.TwoTower;

/// <summary>What a two-tower scores all items for the users of some cases: user number i is that of case i.</summary>
internal sealed class AblationTowerScores(TwoTowerModel model, IReadOnlyList<EvaluationCase> cases) : IMatchingModel, IDisposable
{
    private readonly NpyMatrix<float> _users = Encode(model, cases);

    public int ItemCount => model.ItemVectors.Rows;

    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores)
    {
        for (int row = 0; row < scores.Length; row++) scores[row] = TensorPrimitives.Dot(_users[user], model.ItemVectors[row]);
    }

    public void Dispose() => _users.Dispose();

    private static NpyMatrix<float> Encode(TwoTowerModel model, IReadOnlyList<EvaluationCase> cases)
    {
        List<int> rows = [], offsets = [0];
        List<EventType> types = [];
        List<long> times = [];
        foreach (var question in cases)
        {
            for (int e = 0; e < question.HistoryRows.Length; e++)
            {
                if (question.HistoryRows.Span[e] < 0) continue;
                rows.Add(question.HistoryRows.Span[e]);
                types.Add(question.HistoryTypes.Span[e]);
                times.Add(question.HistoryTimes.Span[e]);
            }

            offsets.Add(rows.Count);
        }

        return model.EncodeUsers(new InteractionTable([.. cases.Select(c => c.UserId)], [.. offsets], [.. rows], [.. types], [.. times]));
    }
}
