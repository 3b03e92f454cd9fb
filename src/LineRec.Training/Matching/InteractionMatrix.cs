namespace LineRec.Training;

/// <summary>
/// Which users interacted with which items: an immutable binary matrix [users, items] in compressed rows, with its transpose beside it.
/// Repeated pairs count once; each list is ascending.
/// </summary>
/// <remarks>Memory: 8 bytes a pair and 4 a user and an item. Thread-safe.</remarks>
public sealed class InteractionMatrix
{
    private readonly int[] _userOffsets;
    private readonly int[] _items;
    private readonly int[] _itemOffsets;
    private readonly int[] _users;

    private InteractionMatrix(int[] userOffsets, int[] items, int itemCount)
    {
        (_userOffsets, _items, ItemCount) = (userOffsets, items, itemCount);
        (_itemOffsets, _users) = Transpose(userOffsets, items, itemCount);
    }

    /// <summary>How many users there are, those without an item included.</summary>
    public int UserCount => _userOffsets.Length - 1;

    /// <summary>How many items there are, those without a user included.</summary>
    public int ItemCount { get; }

    /// <summary>How many distinct pairs there are.</summary>
    public int Count => _items.Length;

    /// <summary>A matrix of pairs, in any order.</summary>
    /// <param name="users">The user of each pair, from 0.</param>
    /// <param name="items">The item of each pair, from 0.</param>
    /// <param name="userCount">How many users there are.</param>
    /// <param name="itemCount">How many items there are.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or a number is outside its range; the message names the pair.</exception>
    public static InteractionMatrix FromPairs(ReadOnlySpan<int> users, ReadOnlySpan<int> items, int userCount, int itemCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(userCount);
        ArgumentOutOfRangeException.ThrowIfNegative(itemCount);
        if (users.Length != items.Length) throw new ArgumentException($"There are {users.Length} users and {items.Length} items; a pair needs one of each.", nameof(items));
        var offsets = new int[userCount + 1];
        for (int i = 0; i < users.Length; i++)
        {
            if ((uint)users[i] >= (uint)userCount) throw new ArgumentException($"Pair {i} is of user {users[i]}; users are numbered from 0 to {userCount - 1}.", nameof(users));
            if ((uint)items[i] >= (uint)itemCount) throw new ArgumentException($"Pair {i} is of item {items[i]}; items are numbered from 0 to {itemCount - 1}.", nameof(items));
            offsets[users[i] + 1]++;
        }

        for (int u = 0; u < userCount; u++) offsets[u + 1] += offsets[u];
        var next = offsets.AsSpan(0, userCount).ToArray();
        var rows = new int[users.Length];
        for (int i = 0; i < users.Length; i++) rows[next[users[i]]++] = items[i];
        return Folded(offsets, rows, itemCount);
    }

    /// <summary>The items of a user, ascending.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => _items.AsSpan(_userOffsets[user].._userOffsets[user + 1]);

    /// <summary>The users of an item, ascending.</summary>
    public ReadOnlySpan<int> UsersOf(int item) => _users.AsSpan(_itemOffsets[item].._itemOffsets[item + 1]);

    /// <summary>The items of the most users, at most so many; ties go to the smaller number.</summary>
    internal int[] MostPopular(int count) => [.. Enumerable.Range(0, ItemCount).OrderByDescending(i => UsersOf(i).Length).ThenBy(i => i).Take(count)];

    /// <summary>Splits each user's items at random into a part to train on and a part to validate with.</summary>
    /// <param name="share">The share of each user's items that is held out, rounded to the nearest count. 0 to 1. A user keeps one item at least, so users of one item keep it.</param>
    /// <param name="seed">What the choice comes from.</param>
    /// <returns>Two matrices of this one's shape, without a pair in common.</returns>
    public (InteractionMatrix Train, InteractionMatrix Validation) HoldOut(double share, int seed)
    {
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "The held-out share must be from 0 to 1.");
        var random = new Random(seed);
        List<int> kept = new(Count), held = [];
        int[] keptOffsets = new int[UserCount + 1], heldOffsets = new int[UserCount + 1];
        for (int user = 0; user < UserCount; user++)
        {
            int[] items = ItemsOf(user).ToArray();
            random.Shuffle(items);
            int count = Math.Min((int)Math.Round(share * items.Length, MidpointRounding.AwayFromZero), Math.Max(0, items.Length - 1));
            Array.Sort(items, 0, count);
            Array.Sort(items, count, items.Length - count);
            held.AddRange(items.AsSpan(0, count));
            kept.AddRange(items.AsSpan(count));
            (keptOffsets[user + 1], heldOffsets[user + 1]) = (kept.Count, held.Count);
        }

        return (new InteractionMatrix(keptOffsets, [.. kept], ItemCount), new InteractionMatrix(heldOffsets, [.. held], ItemCount));
    }

    private static InteractionMatrix Folded(int[] offsets, int[] rows, int itemCount)
    {
        int to = 0;
        for (int user = 0, from = 0; user < offsets.Length - 1; user++)
        {
            int end = offsets[user + 1], first = to;
            Array.Sort(rows, from, end - from);
            for (int i = from; i < end; i++)
                if (to == first || rows[to - 1] != rows[i]) rows[to++] = rows[i];
            from = end;
            offsets[user + 1] = to;
        }

        return new InteractionMatrix(offsets, to == rows.Length ? rows : rows[..to], itemCount);
    }

    private static (int[] Offsets, int[] Users) Transpose(int[] userOffsets, int[] items, int itemCount)
    {
        var offsets = new int[itemCount + 1];
        foreach (int item in items) offsets[item + 1]++;
        for (int i = 0; i < itemCount; i++) offsets[i + 1] += offsets[i];
        var next = offsets.AsSpan(0, itemCount).ToArray();
        var users = new int[items.Length];
        for (int user = 0; user < userOffsets.Length - 1; user++)
            foreach (int item in items.AsSpan(userOffsets[user]..userOffsets[user + 1])) users[next[item]++] = user;
        return (offsets, users);
    }
}
