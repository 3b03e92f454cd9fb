namespace LineRec;

/// <summary>That a bundle version was refused while another one went on serving.</summary>
/// <param name="Version">The version; null where even that couldn't be read.</param>
/// <param name="Time">When.</param>
/// <param name="Exception">Why.</param>
public sealed record BundleRefusal(string? Version, DateTimeOffset Time, Exception Exception);
