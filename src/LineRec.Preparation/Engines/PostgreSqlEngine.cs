using System.Data.Common;
using Npgsql;

namespace LineRec.Preparation;

/// <summary>A company's PostgreSQL, version 14 or later, that holds the log in tables: the queries run there, their rows are streamed here. Nothing is written to the database.</summary>
/// <remarks>Not thread-safe. The account needs SELECT on the tables and no more.</remarks>
public sealed class PostgreSqlEngine : IPreparationEngine
{
    private const string Advice = "Look also whether the account may SELECT them.";

    private readonly NpgsqlConnection _connection;

    /// <summary>Connects.</summary>
    /// <param name="connectionString">As Npgsql takes it: "Host=…;Database=…;Username=…".</param>
    /// <exception cref="PreparationException">The server is out of reach or refuses.</exception>
    public PostgreSqlEngine(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        try
        {
            _connection.Open();
        }
        catch (DbException e)
        {
            string place = $"{_connection.Host}:{_connection.Port}";
            _connection.Dispose();
            throw new PreparationException($"PostgreSQL at {place} can't be opened: {e.Message} Look at the connection string and whether the server runs.", e);
        }
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.PostgreSql;

    /// <inheritdoc/>
    public DbDataReader Read(PreparationQuery query)
    {
        var command = Command(query); // lives as long as its reader
        return EngineCall.Run(this, query, Advice, command.ExecuteReader);
    }

    /// <inheritdoc/>
    public long WriteParquet(PreparationQuery query, string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var file = new PartialFile(path);
        using var command = Command(query);
        using var registration = cancellationToken.Register(command.Cancel);
        long rows = EngineCall.Run(this, query, Advice, () =>
        {
            using var reader = command.ExecuteReader();
            return ParquetRows.Write(reader, file.Path, cancellationToken);
        }, cancellationToken);
        file.Complete();
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // A preparation takes as long as it takes: it is the caller's token that ends it.
    private NpgsqlCommand Command(PreparationQuery query) => new(query.ToSql(Dialect), _connection) { CommandTimeout = 0 };
}
