using Microsoft.Extensions.Logging;

namespace LineRec.Tests.Exposures;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogMessages : ILogger
{
    private readonly List<(LogLevel Level, string Text)> _all = [];

    public IReadOnlyList<string> Of(LogLevel level)
    {
        lock (_all) return [.. _all.Where(m => m.Level == level).Select(m => m.Text)];
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_all) _all.Add((logLevel, formatter(state, exception)));
    }
}
