using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>
/// The task 'discovery' on a simulated log: the last three days' purchases of items never bought before, by users with a purchase before.
/// Every system's items bought before are left out.
/// </summary>
internal sealed class DiscoveryTask
{
    private const int Take = 20;
    private readonly Catalog _catalog;
    private readonly DateTimeOffset _split;
    private readonly InteractionTable _before;
    private readonly List<(int User, HashSet<int> Bought, HashSet<int> Targets)> _cases = [];

    public DiscoveryTask(string directory, DateTimeOffset end)
    {
        var log = ShopLog.Open(directory);
        _catalog = log.ReadCatalog();
        _split = end.AddDays(-3);
        var all = log.ReadInteractions(_catalog);
        _before = all.Before(_split);
        var after = all.Where(_split, end);
        for (int user = 0; user < all.UserCount; user++)
        {
            var bought = Purchases(_before, user);
            var targets = Purchases(after, user);
            targets.ExceptWith(bought);
            if (bought.Count > 0 && targets.Count > 0) _cases.Add((user, bought, targets));
        }
    }

    public int UserCount => _cases.Count;

    public int TargetCount => _cases.Sum(c => c.Targets.Count);

    public double Oracle(ShopTruth truth) => Recall((user, scores) => truth.PurchaseProbabilities(_before.UserIds[user], _split).CopyTo(scores));

    public double Popularity(double days = double.PositiveInfinity)
    {
        var counts = new float[_catalog.Count];
        for (int i = 0; i < _before.Count; i++)
        {
            if (_before.Types[i] == EventType.Purchase && _split.ToUnixTimeMilliseconds() - _before.Times[i] < days * 86_400_000) counts[_before.Rows[i]]++;
        }

        return Recall((_, scores) => counts.CopyTo(scores));
    }

    /// <summary>Cosine of the items' user sets, summed over the user's items.</summary>
    public double ItemToItem()
    {
        var usersOf = new List<int>[_catalog.Count];
        var itemsOf = new int[_before.UserCount][];
        for (int row = 0; row < usersOf.Length; row++) usersOf[row] = [];
        for (int user = 0; user < itemsOf.Length; user++)
        {
            itemsOf[user] = [.. _before.Rows[_before.Offsets[user].._before.Offsets[user + 1]].Distinct()];
            foreach (int row in itemsOf[user]) usersOf[row].Add(user);
        }

        return Recall((user, scores) =>
        {
            Array.Clear(scores);
            foreach (int row in itemsOf[user])
            {
                foreach (int other in usersOf[row])
                {
                    foreach (int candidate in itemsOf[other])
                    {
                        if (candidate != row) scores[candidate] += 1 / MathF.Sqrt((float)usersOf[row].Count * usersOf[candidate].Count);
                    }
                }
            }
        });
    }

    private double Recall(Action<int, float[]> score)
    {
        var scores = new float[_catalog.Count];
        int[] rows = new int[_catalog.Count];
        double sum = 0;
        foreach (var (user, bought, targets) in _cases)
        {
            score(user, scores);
            for (int row = 0; row < rows.Length; row++)
            {
                rows[row] = row;
                scores[row] = bought.Contains(row) ? float.PositiveInfinity : -scores[row];
            }

            Array.Sort(scores, rows);
            sum += rows.Take(Take).Count(targets.Contains) / (double)targets.Count;
        }

        return sum / _cases.Count;
    }

    private static HashSet<int> Purchases(InteractionTable table, int user) =>
        [.. Enumerable.Range(table.Offsets[user], table.Offsets[user + 1] - table.Offsets[user]).Where(i => table.Types[i] == EventType.Purchase).Select(i => table.Rows[i])];
}
