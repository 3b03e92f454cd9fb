using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using LineRec.Recipes;

namespace LineRec.Cli.Verbs;

/// <summary>The options <c>--shard</c> and <c>--merge</c> of verbs whose work several processes can share.</summary>
internal static partial class ShareOptions
{
    private const int MostShards = 10_000;

    public static Option<ShareNumber?> Shard(string description) => new("--shard") { Description = description, CustomParser = Parse };

    public static Option<string[]> Merge(string description) => new("--merge") { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    /// <summary>Refuses both at once, and with <c>--merge</c> those options that shares were made with.</summary>
    public static void Check(Command command, Option<ShareNumber?> shard, Option<string[]> merge, params Option[] ofShares) => command.Validators.Add(result =>
    {
        if (!IsGiven(result, merge)) return;
        if (IsGiven(result, shard)) result.AddError("--shard makes a share, --merge puts shares together: give one of them.");
        foreach (var option in ofShares.Where(o => IsGiven(result, o))) result.AddError($"{option.Name} is given where shares are made; --merge takes theirs.");
    });

    /// <summary>Whether an option was named, and isn't its default.</summary>
    public static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static ShareNumber? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Share().Match(text) is { Success: true } match && int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= MostShards and var shards
            && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and var shard && shard <= shards) return new ShareNumber(shard, shards);
        result.AddError($"--shard is '{text}'; it must be a share and how many there are, from 1/1 to {MostShards}/{MostShards}, such as 2/4.");
        return null;
    }

    [GeneratedRegex(@"^(\d{1,5})/(\d{1,5})$")]
    private static partial Regex Share();
}
