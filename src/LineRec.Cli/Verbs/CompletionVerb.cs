using System.CommandLine;

namespace LineRec.Cli.Verbs;

/// <summary><c>linerec completion bash</c> and <c>zsh</c>: the shell completes verbs and options.</summary>
internal static class CompletionVerb
{
    /// <param name="terminal">Receives the script.</param>
    /// <param name="root">All verbs; read when the command runs.</param>
    public static Command Create(Terminal terminal, Command root) => new("completion", "Lets the shell complete verbs, options and their values.")
    {
        Create(terminal, root, "bash", ShellCompletion.Bash, """
            Prints a script for bash. Nothing is started while completing.

            Examples:
              eval "$(linerec completion bash)"
              linerec completion bash > /etc/bash_completion.d/linerec
            """),
        Create(terminal, root, "zsh", ShellCompletion.Zsh, """
            Prints a script for zsh, for .zshrc after compinit, or as the file _linerec for a folder of fpath. Nothing is started while completing.

            Examples:
              eval "$(linerec completion zsh)"
              linerec completion zsh > ~/.zsh/completions/_linerec
            """),
    };

    private static Command Create(Terminal terminal, Command root, string shell, Func<Command, string> write, string description)
    {
        var json = CommonOptions.Json();
        var command = new Command(shell, description) { json };
        terminal.SetAction(command, (parsed, _) =>
        {
            string script = write(root);
            terminal.Write(parsed.GetValue(json), new { Script = script }, script.TrimEnd());
            return ExitCode.Done;
        });
        return command;
    }
}
