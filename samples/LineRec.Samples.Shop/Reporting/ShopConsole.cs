using System.Globalization;
using Spectre.Console;

namespace LineRec.Samples.Shop.Reporting;

/// <summary>What a person sees: progress bars and tables; plain lines where the output is no terminal.</summary>
internal sealed class ShopConsole
{
    private const int WidthWithoutTerminal = 160;

    private readonly ShopReport _report;
    private readonly IAnsiConsole _console = AnsiConsole.Console;

    public ShopConsole(ShopReport report)
    {
        _report = report;
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
        _report.Seconds[name] = Math.Round(seconds, 2);
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
