namespace LineRec.Data;

/// <summary>What a compaction did.</summary>
/// <param name="Segments">Segments read.</param>
/// <param name="Requests">Requests added to the log.</param>
/// <param name="AlreadyThere">Requests left out because the log held them already: a compaction was stopped before it removed its segments, or a request was replayed.</param>
/// <param name="CutSegments">Segments that a writer hadn't finished; read up to their last whole batch.</param>
/// <param name="Quarantined">Damaged segments, moved into the folder "quarantine" beside them; what came before the damage was added.</param>
/// <param name="Files">Parquet files written.</param>
public sealed record ExposureCompactionResult(int Segments, long Requests, long AlreadyThere, int CutSegments, IReadOnlyList<QuarantinedSegment> Quarantined, IReadOnlyList<string> Files);
