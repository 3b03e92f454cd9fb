using Microsoft.Extensions.Logging;

namespace LineRec.Tracking.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogCounter : ILogger<ExperimentTracker>
{
    public List<(LogLevel Level, string Text)> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Entries) Entries.Add((logLevel, formatter(state, exception)));
    }
}
