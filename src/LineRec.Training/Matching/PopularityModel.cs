namespace LineRec.Training;

/// <summary>Scores each item with its number of users: the same list for everybody.</summary>
public sealed class PopularityModel : IMatchingModel
{
    private readonly float[] _scores;

    /// <summary>Counts the users of each item.</summary>
    public PopularityModel(InteractionMatrix train) => _scores = [.. Enumerable.Range(0, train.ItemCount).Select(i => (float)train.UsersOf(i).Length)];

    /// <inheritdoc/>
    public int ItemCount => _scores.Length;

    /// <inheritdoc/>
    public void Score(int user, ReadOnlySpan<int> history, Span<float> scores) => _scores.CopyTo(scores);
}
