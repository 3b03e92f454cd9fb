namespace LineRec.Data;

/// <summary>What came of one item of one answered request, by the events that carry its request_id.</summary>
/// <param name="Clicks">Clicks of it.</param>
/// <param name="Orders">Purchases of it.</param>
/// <param name="Value">What was paid: price × quantity, summed; a purchase without a quantity is one piece, one without a price counts as an order without value.</param>
public readonly record struct RequestOutcome(int Clicks, int Orders, double Value);
