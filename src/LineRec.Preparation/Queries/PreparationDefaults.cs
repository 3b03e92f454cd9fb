namespace LineRec.Preparation;

/// <summary>The defaults of preparation.</summary>
public static class PreparationDefaults
{
    /// <summary>The longest pause within a session: half an hour, as web analytics has it.</summary>
    public static TimeSpan SessionGap { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Negatives wanted for each choice.</summary>
    public const int Draws = 4;

    /// <summary>The most negatives for each choice.</summary>
    public const int MaxDraws = 1000;

    /// <summary>After how long an event counts half.</summary>
    public static TimeSpan HalfLife { get; } = TimeSpan.FromDays(7);

    /// <summary>How many half-lives back events count at all: an older one would count less than 10^-9.</summary>
    public const int HalfLives = 30;

    /// <summary>The most half-lives back: the decimals in which weights are summed keep 12 digits of 2^-40.</summary>
    public const int MaxHalfLives = 40;

    /// <summary>What DuckDB may take of memory before it spills, in bytes: 1 GiB.</summary>
    public const long MemoryLimitBytes = 1L << 30;

    /// <summary>Rows of a row group of Parquet files that are written.</summary>
    public const int RowGroupSize = 100_000;
}
