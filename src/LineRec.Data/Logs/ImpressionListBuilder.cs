namespace LineRec.Data;

/// <summary>A list whose impressions are still being read.</summary>
internal sealed class ImpressionListBuilder((string? Request, string? User, string? Placement, long Time) key, EventRow first, Catalog catalog)
{
    private readonly List<int> _rows = [];
    private readonly List<EventRow> _events = [];

    public (string? Request, string? User, string? Placement, long Time) Key => key;

    public int LastGroup { get; set; }

    public void Add(int row, in EventRow impression)
    {
        _rows.Add(row);
        _events.Add(impression);
    }

    public ImpressionList Build(Dictionary<(string Request, int Row), ImpressionOutcome> outcomes)
    {
        int anchor = -1;
        if (first.AnchorItemId is { } id) catalog.TryGetRow(id, out anchor);
        var flags = _rows.ConvertAll(row => first.RequestId is { } request ? outcomes.GetValueOrDefault((request, row)) : ImpressionOutcome.None);
        return new ImpressionList
        {
            RequestId = first.RequestId,
            Placement = first.Placement,
            UserId = first.UserId,
            UnixMilliseconds = first.UnixMilliseconds,
            AnchorRow = anchor,
            Rows = [.. _rows],
            Positions = [.. _events.Select(e => e.Position)],
            Prices = [.. _events.Select(e => e.Price)],
            Propensities = [.. _events.Select(e => e.Propensity)],
            Clicked = [.. flags.Select(f => f.HasFlag(ImpressionOutcome.Clicked))],
            Purchased = [.. flags.Select(f => f.HasFlag(ImpressionOutcome.Purchased))],
        };
    }
}
