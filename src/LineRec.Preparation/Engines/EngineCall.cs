using System.Data.Common;

namespace LineRec.Preparation;

/// <summary>What calls of all engines do alike: errors that say what to look at, and cancellation as .NET knows it.</summary>
internal static class EngineCall
{
    private const string Advice = "Look whether the table or the files have the columns that the query reads; other names are given in EventLog, FeatureHistory and ItemPool (Placement = null where a log has none).";

    public static T Run<T>(IPreparationEngine engine, PreparationQuery query, string advice, Func<T> run, CancellationToken cancellationToken = default)
    {
        try
        {
            return run();
        }
        catch (DbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (DbException e)
        {
            throw new PreparationException($"{engine.Dialect.Name} can't run the query '{query.Name}': {e.Message.ReplaceLineEndings(" ")} {Advice} {advice}", e);
        }
    }
}
