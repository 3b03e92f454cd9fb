using System.CommandLine;

namespace LineRec.Bench.Matching;

/// <summary>The verb matching.</summary>
internal static class MatchingCommand
{
    public static Command Create()
    {
        var defaults = new MatchingOptions { Train = "", Test = "" };
        var train = new Option<string>("--train") { Description = "Interactions to train on: a line a user, 'user item item …', or a line a pair, 'user item 1'; numbers from 0; plain or .gz.", Required = true };
        var test = new Option<string>("--test") { Description = "Interactions to be found, likewise. Nothing is chosen on them.", Required = true };
        var minutes = new Option<double>("--minutes") { Description = "How long the two-tower may train.", DefaultValueFactory = _ => defaults.Minutes };
        var models = new Option<string?>("--models") { Description = $"What is trained, with commas between: {string.Join(", ", MatchingModels.Names)}. All if absent." };
        var seed = new Option<int>("--seed") { Description = "The seed of everything that is random.", DefaultValueFactory = _ => defaults.Seed };
        var threads = new Option<int>("--threads") { Description = "Training and scoring threads.", DefaultValueFactory = _ => defaults.Threads };
        var json = new Option<string?>("--json") { Description = "Writes the report here." };
        var command = new Command("matching", "Trains models that match users with items and ranks all items for each user of the test file: Recall@20 and NDCG@20, training items left out. A slice of the training file is the validation.")
        {
            train, test, minutes, models, seed, threads, json,
        };
        command.SetAction(parsed => Verb.Run(() =>
            new MatchingRun(new MatchingOptions
            {
                Train = parsed.GetValue(train)!,
                Test = parsed.GetValue(test)!,
                Minutes = parsed.GetValue(minutes),
                Models = parsed.GetValue(models)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Json = parsed.GetValue(json),
            }).Run()));
        return command;
    }
}
