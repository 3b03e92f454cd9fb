namespace LineRec.Tracking;

/// <summary>What became of a write.</summary>
/// <param name="RunId">The created run; null for other writes.</param>
/// <param name="Version">The registered version; null for other writes, and where it isn't known yet.</param>
internal readonly record struct WriteResult(string? RunId = null, int? Version = null);
