using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using ParquetSharp;

namespace LineRec.Preparation;

/// <summary>
/// DuckDB in this process: reads the log's Parquet files directly, Hive partitions too, and works out of core: sorts, joins and groups that exceed the memory limit are spilled to disk.
/// </summary>
/// <remarks>Not thread-safe. It needs no installation, and loads no extension.</remarks>
public sealed class DuckDbEngine : IPreparationEngine
{
    private const string Advice = "If memory ran out, raise DuckDbOptions.MemoryLimitBytes or lower Threads; if the disk, name another TempDirectory.";

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly string _spill;

    /// <summary>Starts it.</summary>
    /// <param name="options">What it may take of the machine; default: <see cref="DuckDbOptions"/> as they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public DuckDbEngine(DuckDbOptions? options = null)
    {
        options ??= new DuckDbOptions();
        options.Validate();
        _spill = Path.Combine(options.TempDirectory ?? Path.GetTempPath(), $"linerec-duckdb-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_spill);
        _connection.Open();
        Set("temp_directory", DuckDbDialect.Literal(_spill));
        Set("memory_limit", $"'{(options.MemoryLimitBytes >> 10).ToString(CultureInfo.InvariantCulture)}KiB'");
        if (options.SpillLimitBytes is { } spill) Set("max_temp_directory_size", $"'{((spill + 1023) >> 10).ToString(CultureInfo.InvariantCulture)}KiB'");
        Set("threads", options.Threads.ToString(CultureInfo.InvariantCulture));
        Set("enable_external_file_cache", "false"); // a file that is written anew within its clock's tick would be read from both
        Set("autoinstall_known_extensions", "false"); // nothing is fetched from anywhere
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.DuckDb;

    /// <inheritdoc/>
    public DbDataReader Read(PreparationQuery query)
    {
        var command = _connection.CreateCommand(); // lives as long as its reader
        (command.CommandText, command.UseStreamingMode) = (query.ToSql(Dialect), true);
        return EngineCall.Run(this, query, Advice, command.ExecuteReader);
    }

    /// <inheritdoc/>
    public long WriteParquet(PreparationQuery query, string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new PartialFile(path);
        using var command = _connection.CreateCommand();
        command.CommandText = $"COPY (\n{query.ToSql(Dialect)}) TO {DuckDbDialect.Literal(file.Path)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {PreparationDefaults.RowGroupSize})";
        using var registration = cancellationToken.Register(command.Cancel);
        EngineCall.Run(this, query, Advice, command.ExecuteNonQuery, cancellationToken);
        long rows = RowsOf(file.Path);
        file.Complete();
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        if (Directory.Exists(_spill)) Directory.Delete(_spill, recursive: true);
    }

    private static long RowsOf(string path)
    {
        using var written = new ParquetFileReader(path);
        return written.FileMetaData.NumRows;
    }

    private void Set(string setting, string value)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SET {setting} = {value}";
        command.ExecuteNonQuery();
    }
}
