using System.Data.Common;

namespace LineRec.Preparation;

/// <summary>Runs preparation queries where the log lies. An engine of one's own (a company's warehouse behind an ADO.NET driver) needs no more than this.</summary>
/// <remarks>One query at a time; disposing ends what runs.</remarks>
public interface IPreparationEngine : IDisposable
{
    /// <summary>How the engine writes its SQL.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs a query and streams its rows: whole numbers as long, numbers as double, texts as string.</summary>
    /// <param name="query">The query.</param>
    /// <returns>The rows, to be disposed before the next query; they are not held in memory.</returns>
    /// <exception cref="PreparationException">The engine can't run it.</exception>
    DbDataReader Read(PreparationQuery query);

    /// <summary>Runs a query and writes its rows to a Parquet file, which appears under its name when it is complete.</summary>
    /// <param name="query">The query.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="cancellationToken">Stops the query; no file is written then.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="PreparationException">The engine can't run it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    long WriteParquet(PreparationQuery query, string path, CancellationToken cancellationToken = default);
}
