using System.CommandLine;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec completion bash</c>: the shell completes verbs and options.</summary>
internal static class CompletionVerb
{
    /// <param name="terminal">Receives the script.</param>
    /// <param name="root">All verbs; read when the command runs.</param>
    public static Command Create(Terminal terminal, Command root)
    {
        var json = CommonOptions.Json();
        var bash = new Command("bash", """
            Prints a script for bash. Nothing is started while completing.

            Examples:
              eval "$(linerec completion bash)"
              linerec completion bash > /etc/bash_completion.d/linerec
            """) { json };
        terminal.SetAction(bash, (parsed, _) =>
        {
            string script = BashCompletion.Write(root);
            terminal.Write(parsed.GetValue(json), new { Script = script }, script.TrimEnd());
            return ExitCode.Done;
        });
        return new Command("completion", "Lets the shell complete verbs, options and their values.") { bash };
    }
}
