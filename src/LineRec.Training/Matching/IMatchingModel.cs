namespace LineRec.Training;

/// <summary>Scores all items for a user; higher is better.</summary>
/// <remarks>Models are immutable once trained, and their methods may be called concurrently. The caller owns the spans.</remarks>
public interface IMatchingModel
{
    /// <summary>How many items are scored.</summary>
    int ItemCount { get; }

    /// <summary>Scores all items for one user.</summary>
    /// <param name="user">The user's number in training; models that know users by their history only ignore it.</param>
    /// <param name="history">The user's items, ascending and distinct.</param>
    /// <param name="scores">[<see cref="ItemCount"/>], overwritten. Items of the history get a score too; leaving them out is the caller's choice.</param>
    void Score(int user, ReadOnlySpan<int> history, Span<float> scores);

    /// <summary>Scores all items for several users at once, which is faster for models that multiply matrices.</summary>
    /// <param name="users">The users' numbers.</param>
    /// <param name="histories">The items of each user.</param>
    /// <param name="scores">[users, <see cref="ItemCount"/>], overwritten.</param>
    void Score(ReadOnlySpan<int> users, InteractionMatrix histories, Span<float> scores)
    {
        for (int i = 0; i < users.Length; i++) Score(users[i], histories.ItemsOf(users[i]), scores.Slice(i * ItemCount, ItemCount));
    }
}
