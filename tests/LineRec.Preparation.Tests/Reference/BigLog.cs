namespace LineRec.Preparation.Tests.Reference;

/// <summary>A log that is large enough for several row groups and for memory to run out.</summary>
internal static class BigLog
{
    public const long End = TestLog.Start + 86_400_000L * 7;

    private static readonly string[] Types = ["impression", "impression", "click", "purchase"];

    public static LogRow[] Events(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => new LogRow(
            $"user-{random.Next(20_000):d12}", $"item-{random.Next(5_000):d12}", Types[random.Next(Types.Length)], TestLog.Start + random.NextInt64(End - TestLog.Start), $"placement-{random.Next(20)}"))];
    }
}
