namespace LineRec.Data;

/// <summary>Where a list's elements lie among all that were taken.</summary>
internal readonly record struct ListRun(int Start, int Length);
