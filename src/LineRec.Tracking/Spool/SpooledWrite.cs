namespace LineRec.Tracking;

/// <summary>A write that waits.</summary>
/// <param name="File">Its file, named by its number.</param>
/// <param name="Write">What is to be written.</param>
/// <param name="MayBeDone">Whether it was begun, so that the server may have it.</param>
internal sealed record SpooledWrite(string File, TrackingWrite Write, bool MayBeDone);
