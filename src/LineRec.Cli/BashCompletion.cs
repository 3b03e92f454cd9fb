using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text;

namespace LineRec.Cli;

/// <summary>Writes a script that completes verbs, options and the values of options that take one of some words; elsewhere files are completed.</summary>
internal static class BashCompletion
{
    /// <summary>Writes the script.</summary>
    /// <param name="root">All verbs.</param>
    /// <returns>A script for bash, to be read by <c>source</c> or <c>eval</c>. It starts no process when completing.</returns>
    public static string Write(Command root)
    {
        StringBuilder paths = new(), words = new(), values = new();
        Add(root, "", paths, words, values);
        return $$"""
            # linerec completion bash: eval "$(linerec completion bash)"
            _linerec() {
              local current="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" path="" words="" i
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "$path/${COMP_WORDS[i]}" in
            {{paths}}    esac
              done
              case "$path" in
            {{words}}  esac
              case "$path $before" in
            {{values}}  esac
              COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _linerec linerec

            """.ReplaceLineEndings("\n");
    }

    private static void Add(Command command, string path, StringBuilder paths, StringBuilder words, StringBuilder values)
    {
        var options = command.Options.Where(o => !o.Hidden).ToList();
        words.Append(CultureInfo.InvariantCulture, $"    \"{path}\") words=\"{string.Join(' ', command.Subcommands.Select(c => c.Name).Concat(options.Select(o => o.Name)).Append("--help").Distinct())}\" ;;\n");
        foreach (var option in options.Where(o => o.ValueType != typeof(bool)))
        {
            string[] known = [.. option.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];
            values.Append(CultureInfo.InvariantCulture, $"    \"{path} {option.Name}\") words=\"{string.Join(' ', known)}\" ;;\n");
        }

        foreach (var child in command.Subcommands)
        {
            string own = $"{path}/{child.Name}";
            paths.Append(CultureInfo.InvariantCulture, $"      \"{own}\") path=\"{own}\" ;;\n");
            Add(child, own, paths, words, values);
        }
    }
}
