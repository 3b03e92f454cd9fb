using System.CommandLine;

namespace LineRec.Bench.Bundles;

/// <summary>The verb make-bundle.</summary>
internal static class MakeBundleCommand
{
    public static Command Create()
    {
        var output = new Option<DirectoryInfo>("--out") { Description = "Receives log/ (the simulated shop) and bundles/ (what was trained on it).", Required = true };
        var defaults = new MakeBundleOptions { Out = "" };
        var items = new Option<int>("--items") { Description = "Items of the shop.", DefaultValueFactory = _ => defaults.Items };
        var users = new Option<int>("--users") { Description = "Users of the shop.", DefaultValueFactory = _ => defaults.Users };
        var days = new Option<int>("--days") { Description = "Days that the shop is open.", DefaultValueFactory = _ => defaults.Days };
        var events = new Option<long>("--events") { Description = "Events of the log, about, impressions included.", DefaultValueFactory = _ => defaults.Events };
        var dimension = new Option<int>("--dimension") { Description = "The length of the vectors.", DefaultValueFactory = _ => defaults.Dimension };
        var epochs = new Option<int>("--epochs") { Description = "Epochs of the two-tower.", DefaultValueFactory = _ => defaults.Epochs };
        var command = new Command("make-bundle", "Simulates a shop, trains two-tower, item-to-item, charts and one ranker ('home') on its log, and publishes them as a bundle to measure requests on.")
        {
            output, items, users, days, events, dimension, epochs,
        };
        command.SetAction(parsed => new BundleMaking(new MakeBundleOptions
        {
            Out = parsed.GetValue(output)!.FullName,
            Items = parsed.GetValue(items),
            Users = parsed.GetValue(users),
            Days = parsed.GetValue(days),
            Events = parsed.GetValue(events),
            Dimension = parsed.GetValue(dimension),
            Epochs = parsed.GetValue(epochs),
        }).Run());
        return command;
    }
}
