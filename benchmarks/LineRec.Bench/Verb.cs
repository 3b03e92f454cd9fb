using Spectre.Console;

namespace LineRec.Bench;

/// <summary>What all verbs do alike.</summary>
internal static class Verb
{
    /// <summary>Runs a verb; what is wrong with its options or files is said in a line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(Action verb)
    {
        try
        {
            verb();
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException)
        {
            AnsiConsole.WriteLine(e.Message);
            return 1;
        }
    }
}
