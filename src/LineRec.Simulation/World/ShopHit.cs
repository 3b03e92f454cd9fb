namespace LineRec.Simulation;

/// <summary>An item that everybody talks about for a while: a wave around a day.</summary>
internal readonly record struct ShopHit(int Item, long Peak, double Days, double Strength)
{
    /// <summary>How loud the talk is at a time.</summary>
    public double At(long time)
    {
        double away = (time - Peak) / (Days * ShopWorld.Day);
        return Strength * Math.Exp(-0.5 * away * away);
    }

    /// <summary>The hits of a log: about one for 30 items, some of them loud, with peaks over the log's time and a fortnight around it.</summary>
    public static ShopHit[] Make(ulong seed, ShopItem[] items, long start, long end)
    {
        var random = new ShopRandom(seed, 9);
        var hits = new Dictionary<int, ShopHit>();
        int count = Math.Max(5, items.Length / 30);
        for (int i = 0; i < count; i++)
        {
            int item = random.Next(items.Length);
            long peak = start + (long)(random.Between(-14, 14 + ((end - start) / (double)ShopWorld.Day)) * ShopWorld.Day);
            hits[item] = new ShopHit(item, Math.Max(peak, items[item].ListedAt), random.Between(5, 20), Math.Exp(1.2 * random.Normal()));
        }

        return [.. hits.Values.OrderBy(h => h.Item)];
    }
}
