using System.Runtime.InteropServices;
using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>What some users did in one day: the events, and each session's clicks and purchases for the shop's own counts.</summary>
internal sealed class ShopDayLog
{
    private readonly List<int> _clicked = [];
    private readonly List<int> _bought = [];
    private readonly List<(int Clicks, int Purchases)> _sessions = [];

    public List<EventRow> Events { get; } = [];

    public void EndSession(List<(int Item, string? Request, string? Placement)> clicked, List<(int Item, long Time)> purchases, int bought)
    {
        foreach (var (item, _, _) in clicked) _clicked.Add(item);
        for (int i = purchases.Count - bought; i < purchases.Count; i++) _bought.Add(purchases[i].Item);
        _sessions.Add((clicked.Count, bought));
    }

    public void CountInto(ShopBoard board)
    {
        int click = 0, purchase = 0;
        foreach (var (clicks, purchases) in _sessions)
        {
            board.Count(CollectionsMarshal.AsSpan(_clicked).Slice(click, clicks), CollectionsMarshal.AsSpan(_bought).Slice(purchase, purchases));
            click += clicks;
            purchase += purchases;
        }
    }
}
