namespace LineRec.Data;

/// <summary>A list whose impressions are still being read.</summary>
internal sealed class ImpressionListBuilder(ImpressionListKey key, string userId, long time, int anchorRow)
{
    private readonly List<int> _rows = [];
    private readonly List<int> _positions = [];
    private readonly List<float> _prices = [];
    private readonly List<float> _propensities = [];

    public ImpressionListKey Key => key;

    public int LastGroup { get; set; }

    public void Add(int row, int position, float price, float propensity)
    {
        _rows.Add(row);
        _positions.Add(position);
        _prices.Add(price);
        _propensities.Add(propensity);
    }

    public ImpressionList Build(Dictionary<(string Request, int Row), ImpressionOutcome> outcomes)
    {
        var (clicked, purchased) = (new bool[_rows.Count], new bool[_rows.Count]);
        for (int i = 0; key.Request is not null && i < clicked.Length; i++)
        {
            if (!outcomes.TryGetValue((key.Request, _rows[i]), out var outcome)) continue;
            clicked[i] = (outcome & ImpressionOutcome.Clicked) != 0;
            purchased[i] = (outcome & ImpressionOutcome.Purchased) != 0;
        }

        return new ImpressionList
        {
            RequestId = key.Request, Placement = key.Placement, UserId = userId, UnixMilliseconds = time, AnchorRow = anchorRow,
            Rows = [.. _rows], Positions = [.. _positions], Prices = [.. _prices], Propensities = [.. _propensities], Clicked = clicked, Purchased = purchased,
        };
    }
}
