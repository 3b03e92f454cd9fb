namespace LineRec.Data;

/// <summary>What makes impressions one list: the placement and the request, or without one the user and the time.</summary>
internal readonly record struct ImpressionListKey(string? Placement, string? Request, string? User, long Time);
