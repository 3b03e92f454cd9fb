namespace LineRec.Simulation;

/// <summary>What the simulation knows of a user.</summary>
internal sealed class ShopUser
{
    /// <summary>The niches that the user cares for.</summary>
    public required int[] Niches { get; init; }

    /// <summary>How much, summing to 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>The price tier preferred, 0 to 3.</summary>
    public required double Tier { get; init; }

    /// <summary>Sessions a day.</summary>
    public required double SessionsPerDay { get; init; }

    public required long JoinedAt { get; init; }

    /// <summary>The purchases so far: items and times, by time.</summary>
    public List<(int Item, long Time)> Purchases { get; } = [];

    /// <summary>The items clicked last, newest at the end.</summary>
    public List<int> Clicked { get; } = [];

    public void Remember(int item)
    {
        const int Kept = 8;
        if (Clicked.Count == Kept) Clicked.RemoveAt(0);
        Clicked.Add(item);
    }
}
