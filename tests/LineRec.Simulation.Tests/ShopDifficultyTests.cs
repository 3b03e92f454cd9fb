namespace LineRec.Simulation;

public class ShopDifficultyTests(ITestOutputHelper output)
{
    [Fact]
    public void The_best_that_is_not_personal_gets_at_most_half_of_the_oracle_and_neighbours_get_more()
    {
        using var folder = new TemporaryFolder();
        var truth = ShopSimulator.Run(folder.Path, new ShopSimulationOptions { Users = 1_500, Items = 3_000, Days = 45, EventTarget = 400_000 });
        var task = new DiscoveryTask(folder.Path, truth.EndsAt);
        double oracle = task.Oracle(truth), popularity = task.Popularity(), neighbours = task.ItemToItem();
        double recent = new[] { 3, 7, 14 }.Max(days => task.Popularity(days));
        output.WriteLine($"{task.UserCount} users, {task.TargetCount} targets; Recall@20: oracle {oracle:f4}, popularity {popularity:f4}, recent popularity {recent:f4}, item-to-item {neighbours:f4}");
        Assert.True(task.UserCount > 400, $"Only {task.UserCount} users to measure on.");
        Assert.InRange(oracle, 0.3, 0.7);
        Assert.True(popularity <= oracle / 2, $"popularity {popularity:f4} of {oracle:f4}");
        Assert.True(recent <= oracle / 2, $"recent popularity {recent:f4} of {oracle:f4}");
        Assert.True(neighbours > 1.2 * Math.Max(popularity, recent), $"item-to-item {neighbours:f4}, popularity {popularity:f4}, recent {recent:f4}");
        Assert.True(neighbours < 0.85 * oracle, $"item-to-item {neighbours:f4} of {oracle:f4}: too easy");
    }
}
