using System.Globalization;
using Spectre.Console;

namespace LineRec.Recipes;

/// <summary>What a person sees of a run: progress bars and tables; plain lines where the output is no terminal.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class RunConsole
{
    private const int WidthWithoutTerminal = 160;

    private readonly IAnsiConsole _console;
    private readonly IDictionary<string, double>? _seconds;

    /// <summary>Wraps a console.</summary>
    /// <param name="console">Where to write.</param>
    /// <param name="seconds">Receives how long each step took, by its name.</param>
    public RunConsole(IAnsiConsole console, IDictionary<string, double>? seconds = null)
    {
        (_console, _seconds) = (console, seconds);
        if (!_console.Profile.Capabilities.Interactive) _console.Profile.Width = WidthWithoutTerminal;
    }

    public void Title(string text) => _console.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());

    public void Say(string text) => _console.MarkupLineInterpolated($"{text}");

    /// <summary>Runs a step under a progress bar and notes how long it took.</summary>
    public T Step<T>(string name, Func<IProgress<double>, T> work)
    {
        long started = TimeProvider.System.GetTimestamp();
        T result = default!;
        if (_console.Profile.Capabilities.Interactive)
        {
            _console.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).Start(progress =>
            {
                var task = progress.AddTask(Markup.Escape(name), maxValue: 1);
                result = work(new Bar(task));
                task.Value = 1;
            });
        }
        else
        {
            result = work(new Silent());
        }

        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        if (_seconds is not null) _seconds[name] = Math.Round(seconds, 2);
        if (!_console.Profile.Capabilities.Interactive) _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {name}: {seconds:0.0} s");
        return result;
    }

    public void Table(string title, string[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Title($"[bold]{Markup.Escape(title)}[/]").Border(TableBorder.Rounded);
        for (int i = 0; i < columns.Length; i++) table.AddColumn(new TableColumn(Markup.Escape(columns[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        foreach (string[] row in rows) table.AddRow([.. row.Select(Markup.Escape)]);
        _console.Write(table);
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }

    private sealed class Silent : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
