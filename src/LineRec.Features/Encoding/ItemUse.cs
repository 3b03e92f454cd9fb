namespace LineRec.Features;

/// <summary>What one user did with one item.</summary>
internal struct ItemUse
{
    internal int Clicks;
    internal int Carts;
    internal int Purchases;
    internal int Favourites;

    /// <summary>All events.</summary>
    internal int Events;

    /// <summary>The newest event, in milliseconds since 1970.</summary>
    internal long LastTime;

    /// <summary>The newest purchase.</summary>
    internal long LastPurchase;

    /// <summary>Days with a purchase, and the first and last of them.</summary>
    internal int PurchaseDays;
    internal int FirstPurchaseDay;
    internal int LastPurchaseDay;

    /// <summary>How many purchase days the user had had, of any item, at the first and at the newest purchase of this one.</summary>
    internal int FirstOrder;
    internal int LastOrder;

    /// <summary>Σ of squared gaps in days between purchase days.</summary>
    internal double SquaredGaps;

    /// <summary>Place among the user's distinct items by newest event: 0 is the newest.</summary>
    internal int RecencyRank;

    /// <summary>Σ exp(-age / τ) over the item's events, as of <see cref="LastTime"/>, for each τ of <see cref="RecencyDecay"/>.</summary>
    internal RecencyDecay Decayed;
}
