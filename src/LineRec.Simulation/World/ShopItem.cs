namespace LineRec.Simulation;

/// <summary>What the simulation knows of an item.</summary>
internal readonly record struct ShopItem(int Niche, int Brand, int Shop, byte Tier, float Quality, float Price, long ListedAt, long RetiredAt, long OutOfStockFrom, long OutOfStockTo)
{
    public bool IsAvailableAt(long time) => time >= ListedAt && time < RetiredAt && (time < OutOfStockFrom || time >= OutOfStockTo);
}
