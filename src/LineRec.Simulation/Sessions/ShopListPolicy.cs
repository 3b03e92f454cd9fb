namespace LineRec.Simulation;

/// <summary>The logging policy: fills a list from the shop's own counts and by chance, never from the users' tastes.</summary>
internal sealed class ShopListPolicy(ShopWorld world, ShopBoard board)
{
    private readonly List<(double Key, int Item)> _list = [];

    /// <summary>Fills a list.</summary>
    /// <param name="placement">Where.</param>
    /// <param name="user">For whom.</param>
    /// <param name="category">The category asked for (a search, a category page, the anchor's), or -1.</param>
    /// <param name="anchor">The item that the page is about, or -1.</param>
    /// <param name="time">When.</param>
    /// <param name="random">The session's generator.</param>
    /// <param name="items">Receives the items, first position first; each once, all available.</param>
    public void Fill(ShopPlacement placement, ShopUser user, int category, int anchor, long time, ShopRandom random, List<int> items)
    {
        _list.Clear();
        for (int attempt = 0; _list.Count < placement.Length && attempt < placement.Length * 4; attempt++)
        {
            int item = Draw(placement, user, category, anchor, random);
            if (item < 0 || item == anchor || !world.Items[item].IsAvailableAt(time) || Holds(item)) continue;

            // Popular items tend to the front, as a shop would have it: position and popularity are entangled in the log.
            _list.Add((Math.Log(board.CountOf(item) + 1) + (1.5 * random.Normal()), item));
        }

        _list.Sort(static (a, b) => b.Key != a.Key ? b.Key.CompareTo(a.Key) : a.Item.CompareTo(b.Item));
        items.Clear();
        foreach (var (_, item) in _list) items.Add(item);
    }

    private int Draw(ShopPlacement placement, ShopUser user, int category, int anchor, ShopRandom random)
    {
        double slot = random.Next();
        if ((slot -= placement.Popular) < 0) return board.Popular(random);
        if ((slot -= placement.Behaviour) < 0)
        {
            if (category >= 0) return board.PopularIn(category, random);
            return user.Clicked.Count == 0 ? board.Popular(random) : board.PopularIn(CategoryOf(user.Clicked[random.Next(user.Clicked.Count)]), random);
        }

        if ((slot -= placement.Neighbours) < 0)
        {
            int of = anchor >= 0 && random.Chance(0.75) ? anchor : user.Clicked.Count > 0 ? user.Clicked[random.Next(user.Clicked.Count)] : anchor;
            return of < 0 ? board.Popular(random) : board.Neighbour(of, random);
        }

        if (slot - placement.Newest < 0) return board.Newest(random);
        return random.Next(world.Items.Length);
    }

    private int CategoryOf(int item) => world.Niches[world.Items[item].Niche].Category;

    private bool Holds(int item)
    {
        foreach (var (_, other) in _list)
        {
            if (other == item) return true;
        }

        return false;
    }
}
