using System.CommandLine;
using LineRec.Recipes;
using LineRec.Tracking;
using Spectre.Console;

namespace LineRec.Cli;

/// <summary>Where verbs write: results to the output, progress and errors beside it.</summary>
/// <param name="output">Results.</param>
/// <param name="error">Progress and errors.</param>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>Shows progress: bars on a terminal, plain lines elsewhere.</summary>
    public RunConsole Progress() => new(AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(error),
        Interactive = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? InteractionSupport.Yes : InteractionSupport.No,
    }));

    /// <summary>Writes a result.</summary>
    /// <param name="json">Whether a machine reads it.</param>
    /// <param name="result">What a machine gets.</param>
    /// <param name="text">What a person gets.</param>
    public void Write<T>(bool json, T result, string text) => output.WriteLine(json ? RecipeJson.ToText(result) : text);

    /// <summary>Gives a command its action; errors become messages and exit codes. It runs on a thread of the pool: Ctrl+C and SIGTERM are listened to once it has begun.</summary>
    public void SetAction(Command command, Func<ParseResult, CancellationToken, ExitCode> action) =>
        command.SetAction((parsed, cancellationToken) => Task.Run(() => (int)Run(parsed, action, cancellationToken), CancellationToken.None));

    private ExitCode Run(ParseResult parsed, Func<ParseResult, CancellationToken, ExitCode> action, CancellationToken cancellationToken)
    {
        try
        {
            return action(parsed, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Say(ExitCode.Cancelled, "Cancelled. The same command goes on from the step that was at work.");
        }
        catch (RecipeException e)
        {
            return Say(e.Fault switch { RecipeFault.Refused => ExitCode.Refused, RecipeFault.NotReady => ExitCode.NotReady, _ => ExitCode.Usage }, e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException or BundleException or ArgumentException)
        {
            return Say(ExitCode.Usage, e.Message);
        }
        catch (TrackingException e)
        {
            return Say(e.IsTransient ? ExitCode.Failed : ExitCode.Usage, e.Message);
        }
        catch (Exception e) when (e is StepException or IOException or UnauthorizedAccessException)
        {
            return Say(ExitCode.Failed, e.Message);
        }
    }

    private ExitCode Say(ExitCode code, string message)
    {
        error.WriteLine(message);
        return code;
    }
}
