using LineRec.Bench.TwoTower;
using LineRec.Bench.Vectors;

namespace LineRec.Bench.Preparation;

/// <summary>What --json writes.</summary>
internal sealed record PreparationReport
{
    public VectorsReport.MachineInfo Machine { get; init; } = new();

    public required PreparationOptions Options { get; init; }

    public long Rows { get; set; }

    /// <summary>Bytes of the log's Parquet files.</summary>
    public long StoredBytes { get; set; }

    /// <summary>Bytes of the five columns that the queries read, decoded: 8 a number or time, 16 and its length a text.</summary>
    public long DecodedBytes { get; set; }

    public List<EngineRow> Engines { get; } = [];

    public List<ShardRow> Shards { get; } = [];

    public void Save(string path) => ReportFile.Save(path, this);

    /// <summary>One query on one engine.</summary>
    /// <param name="Query">The query.</param>
    /// <param name="Engine">"DuckDB", which writes its rows as Parquet, or "C#", which only computes them.</param>
    /// <param name="MemoryMegabytes">DuckDB's limit.</param>
    /// <param name="RowsPerSecond">Events of the log a second, the median.</param>
    /// <param name="ProcessorNanosecondsPerRow">Processor time an event over all threads, the median.</param>
    /// <param name="OutputRows">Rows that came out.</param>
    /// <param name="SpilledMegabytes">The most that lay on disk at a time.</param>
    /// <param name="PeakMegabytes">The largest resident set of the process meanwhile.</param>
    internal sealed record EngineRow(string Query, string Engine, long? MemoryMegabytes, double RowsPerSecond, double ProcessorNanosecondsPerRow, long OutputRows, double? SpilledMegabytes, double PeakMegabytes);

    /// <summary>A fit and an embedding by some processes.</summary>
    /// <param name="Processes">How many.</param>
    /// <param name="FitSeconds">Until all had counted, on the wall's clock.</param>
    /// <param name="MergeSeconds">Merging the counts and ending the fit.</param>
    /// <param name="EmbedSeconds">Until all had embedded their items.</param>
    /// <param name="JoinSeconds">Joining the vectors.</param>
    /// <param name="FitProcessorSeconds">Processor time of each process that counted: where each has a processor of its own, the largest is the time until all have.</param>
    /// <param name="EmbedProcessorSeconds">Processor time of each process that embedded.</param>
    /// <param name="StateBytes">Bytes of counts that moved to the one that merged.</param>
    /// <param name="FittedBytes">Bytes of fitted features that each process read to embed, times processes.</param>
    /// <param name="VectorBytes">Bytes of vectors that moved to the one that joined.</param>
    /// <param name="Fingerprint">Of the fitted features.</param>
    /// <param name="VectorHash">SHA-256 of the joined vectors' file.</param>
    internal sealed record ShardRow(
        int Processes, double FitSeconds, double MergeSeconds, double EmbedSeconds, double JoinSeconds, double[] FitProcessorSeconds, double[] EmbedProcessorSeconds, long StateBytes, long FittedBytes, long VectorBytes, string Fingerprint, string VectorHash);
}
