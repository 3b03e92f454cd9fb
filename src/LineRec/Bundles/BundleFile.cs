namespace LineRec;

/// <summary>What a manifest says of one file of its bundle.</summary>
/// <param name="Size">Its bytes.</param>
/// <param name="Hash">Its XxHash128 (seed 0) as 32 lower-case hexadecimal digits, high half first, as the xxhsum tool prints it.</param>
public sealed record BundleFile(long Size, string Hash);
