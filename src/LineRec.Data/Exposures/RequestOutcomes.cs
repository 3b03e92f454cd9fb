namespace LineRec.Data;

/// <summary>Clicks and purchases by request and item: events that carry the attribution id of the slate that they came from.</summary>
/// <remarks>Immutable and thread-safe. Memory: one entry for each clicked or bought item of a request.</remarks>
public sealed class RequestOutcomes
{
    private readonly Dictionary<(string Request, string Item), RequestOutcome> _outcomes;

    private RequestOutcomes(Dictionary<(string Request, string Item), RequestOutcome> outcomes) => _outcomes = outcomes;

    /// <summary>How many items of requests were clicked or bought.</summary>
    public int Count => _outcomes.Count;

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<KeyValuePair<(string Request, string Item), RequestOutcome>> All => _outcomes;

    /// <summary>Collects them from an events table in one pass over the row groups that may hold events of the window.</summary>
    /// <param name="events">The events.</param>
    /// <param name="from">Inclusive start; default: all.</param>
    /// <param name="to">Exclusive end: what happens later isn't seen; default: all.</param>
    /// <exception cref="InvalidDataException">See <see cref="EventReader.Read"/>.</exception>
    public static RequestOutcomes Read(EventReader events, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var window = new TimeWindow(from, to);
        var outcomes = new Dictionary<(string Request, string Item), RequestOutcome>();
        foreach (var batch in events.ReadWindow(EventColumns.RequestId | EventColumns.Quantity | EventColumns.Price, window))
        {
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.Types[i] is not (EventType.Click or EventType.Purchase) || batch.RequestIds?[i] is not { } request || !window.Contains(batch.Times[i])) continue;
                var key = (request, batch.ItemIds[i]!);
                var before = outcomes.GetValueOrDefault(key);
                outcomes[key] = batch.Types[i] == EventType.Click ? before with { Clicks = before.Clicks + 1 } : before with { Orders = before.Orders + 1, Value = before.Value + Paid(batch, i) };
            }
        }

        return new RequestOutcomes(outcomes);
    }

    /// <summary>What came of an item of a request; nothing where no event says.</summary>
    /// <param name="requestId">The attribution id.</param>
    /// <param name="itemId">The item.</param>
    public RequestOutcome Of(string requestId, string itemId) => _outcomes.GetValueOrDefault((requestId, itemId));

    private static double Paid(EventBatch batch, int i)
    {
        double price = batch.Prices?[i] ?? double.NaN, quantity = batch.Quantities?[i] ?? double.NaN;
        return double.IsNaN(price) ? 0 : price * (double.IsNaN(quantity) ? 1 : quantity);
    }
}
