namespace LineRec.Data;

/// <summary>A window that no array can hold, though nothing is wrong with the files.</summary>
/// <param name="what">What there is too much of.</param>
internal sealed class WindowTooLargeException(string what) : Exception($"{what} that are shuffled together take more than {Array.MaxLength} bytes. Lower ShuffleRows or write smaller row groups.");
