namespace LineRec.Data;

/// <summary>What makes impressions one list: the request, or without one the user, the placement and the time.</summary>
internal readonly record struct ImpressionListKey(string? Request, string? User, string? Placement, long Time);
