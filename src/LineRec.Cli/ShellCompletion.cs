using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text;

namespace LineRec.Cli;

/// <summary>Writes scripts that complete verbs, options and the values of options that take one of some words; elsewhere files are completed. They start no process when completing.</summary>
internal sealed class ShellCompletion
{
    // Branches of a case, alike in both shells: from "$verb/WORD" to the verb, from "$verb" to what may follow, from "$verb OPTION" to the option's values.
    private readonly StringBuilder _verbs = new(), _words = new(), _values = new();

    private ShellCompletion(Command root) => Add(root, "");

    /// <summary>A script for bash, to be read by <c>eval</c> or <c>source</c>.</summary>
    /// <param name="root">All verbs.</param>
    public static string Bash(Command root)
    {
        var all = new ShellCompletion(root);
        return $$"""
            # linerec completion bash: eval "$(linerec completion bash)"
            _linerec() {
              local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" verb="" known="" i
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "$verb/${COMP_WORDS[i]}" in
            {{all._verbs}}    esac
              done
              case "$verb" in
            {{all._words}}  esac
              case "$verb $before" in
            {{all._values}}  esac
              COMPREPLY=($(compgen -W "$known" -- "$current"))
            }
            complete -o default -F _linerec linerec

            """.ReplaceLineEndings("\n");
    }

    /// <summary>A script for zsh, to be read by <c>eval</c> after <c>compinit</c>, or put as _linerec into a folder of <c>fpath</c>.</summary>
    /// <param name="root">All verbs.</param>
    public static string Zsh(Command root)
    {
        var all = new ShellCompletion(root);
        return $$"""
            #compdef linerec
            # linerec completion zsh: eval "$(linerec completion zsh)", after compinit
            _linerec() {
              local verb="" known="" i
              for ((i = 2; i < CURRENT; i++)); do
                case "$verb/$words[i]" in
            {{all._verbs}}    esac
              done
              case "$verb" in
            {{all._words}}  esac
              case "$verb $words[CURRENT-1]" in
            {{all._values}}  esac
              if [[ -n "$known" ]]; then compadd -- ${=known}; else _files; fi
            }
            if [[ "$funcstack[1]" = _linerec ]]; then _linerec "$@"; else compdef _linerec linerec; fi

            """.ReplaceLineEndings("\n");
    }

    private void Add(Command command, string verb)
    {
        var options = command.Options.Where(o => !o.Hidden).ToList();
        _words.Append(CultureInfo.InvariantCulture, $"    \"{verb}\") known=\"{string.Join(' ', command.Subcommands.Select(c => c.Name).Concat(options.Select(o => o.Name)).Append("--help").Distinct())}\" ;;\n");
        foreach (var option in options.Where(o => o.ValueType != typeof(bool)))
        {
            string[] values = [.. option.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];
            _values.Append(CultureInfo.InvariantCulture, $"    \"{verb} {option.Name}\") known=\"{string.Join(' ', values)}\" ;;\n");
        }

        foreach (var child in command.Subcommands)
        {
            string own = $"{verb}/{child.Name}";
            _verbs.Append(CultureInfo.InvariantCulture, $"      \"{own}\") verb=\"{own}\" ;;\n");
            Add(child, own);
        }
    }
}
