namespace LineRec.Features;

/// <summary>Per item: how many users, how many on more than one day, and the days between such days.</summary>
/// <param name="Users">Users with an event.</param>
/// <param name="Repeaters">Users with events on two days or more.</param>
/// <param name="Gaps">How many gaps between days with events.</param>
/// <param name="GapDays">Their sum in days.</param>
internal sealed record RepeatStatistics(int[] Users, int[] Repeaters, int[] Gaps, long[] GapDays);
