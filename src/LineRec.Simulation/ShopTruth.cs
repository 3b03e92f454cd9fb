namespace LineRec.Simulation;

/// <summary>
/// What the simulation knows and its log doesn't tell: with which probability each item is the next one that a user wants to buy.
/// Ranking all items by it is the best that any recommender could do.
/// </summary>
/// <remarks>Thread-safe. Holds the users, the items and the purchases, not the log.</remarks>
public sealed class ShopTruth
{
    private readonly ShopWorld _world;
    private readonly ShopUser[] _users;

    internal ShopTruth(ShopWorld world, ShopUser[] users) => (_world, _users) = (world, users);

    /// <summary>How many users there are.</summary>
    public int UserCount => _users.Length;

    /// <summary>How many items there are; an item's number is its row in the log's catalog.</summary>
    public int ItemCount => _world.Items.Length;

    /// <summary>When the log ends, exclusive.</summary>
    public DateTimeOffset EndsAt => DateTimeOffset.FromUnixTimeMilliseconds(_world.End);

    /// <summary>The probability that each item is the next one the user wants to buy, given the user's purchases before that time. O(items of the niches concerned).</summary>
    /// <param name="userId">A user of the log.</param>
    /// <param name="time">The moment asked about.</param>
    /// <param name="rows">Catalog rows.</param>
    /// <param name="scores">Receives a probability a row; over all rows they sum to at most 1. 0 for an item that can't be had then.</param>
    /// <exception cref="ArgumentException">The user isn't one of the simulation's, a row is out of range, or the lengths differ.</exception>
    public void Score(string userId, DateTimeOffset time, ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (rows.Length != scores.Length) throw new ArgumentException($"{rows.Length} rows came with room for {scores.Length} scores.", nameof(scores));
        if (!TryGetUser(userId, out int user)) throw new ArgumentException($"'{userId}' isn't a user of this simulation; its users are {ShopUserBuilder.IdOf(0)} to {ShopUserBuilder.IdOf(UserCount - 1)}.", nameof(userId));
        var needs = new ShopNeeds(_world);
        needs.Begin(_users[user], user, time.ToUnixTimeMilliseconds());
        for (int i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)ItemCount) throw new ArgumentException($"There is no row {rows[i]}; the catalog has {ItemCount}.", nameof(rows));
            scores[i] = (float)needs.Probability(rows[i]);
        }
    }

    /// <summary>The probabilities of all items; see <see cref="Score"/>.</summary>
    /// <param name="userId">A user of the log.</param>
    /// <param name="time">The moment asked about.</param>
    public float[] PurchaseProbabilities(string userId, DateTimeOffset time)
    {
        int[] rows = [.. Enumerable.Range(0, ItemCount)];
        var scores = new float[rows.Length];
        Score(userId, time, rows, scores);
        return scores;
    }

    private bool TryGetUser(string userId, out int user)
    {
        user = -1;
        return userId.Length > 1 && userId[0] == 'u' && int.TryParse(userId.AsSpan(1), out user) && (uint)user < (uint)UserCount && ShopUserBuilder.IdOf(user) == userId;
    }
}
