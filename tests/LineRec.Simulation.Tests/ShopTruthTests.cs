namespace LineRec.Simulation;

public sealed class ShopTruthTests(SimulatedShop shop) : IClassFixture<SimulatedShop>
{
    [Fact]
    public void Probabilities_sum_to_at_most_one_and_nearly_to_it()
    {
        foreach (string user in new[] { "u00000000", "u00000123", "u00000399" })
        {
            float[] probabilities = shop.Truth.PurchaseProbabilities(user, shop.Truth.EndsAt.AddDays(-3));
            Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
            Assert.InRange(probabilities.Sum(), 0.9, 1.0001);
        }
    }

    [Fact]
    public void An_item_that_is_not_listed_yet_has_none()
    {
        long time = ShopSimulationDefaults.StartsAt.AddDays(1).ToUnixTimeMilliseconds();
        float[] probabilities = shop.Truth.PurchaseProbabilities("u00000001", ShopSimulationDefaults.StartsAt.AddDays(1));
        Assert.All(Enumerable.Range(0, shop.Catalog.Count).Where(row => shop.Catalog.ListedAt![row] > time), row => Assert.Equal(0, probabilities[row]));
    }

    [Fact]
    public void It_looks_at_no_purchase_after_the_moment_asked_about()
    {
        // The same needs, once from the whole past and once from a user who has no purchase after that moment.
        var options = SimulatedShop.Options();
        var world = ShopWorldBuilder.Build(options);
        long moment = options.StartsAt.AddDays(10).ToUnixTimeMilliseconds();
        ShopUser whole = ShopUserBuilder.Build(options, world)[7], cut = ShopUserBuilder.Build(options, world)[7];
        int[] items = world.Niches[whole.Niches[0]].Items;
        whole.Purchases.AddRange([(items[0], moment - ShopWorld.Day), (items[1], moment), (items[2], moment + ShopWorld.Day)]);
        cut.Purchases.Add((items[0], moment - ShopWorld.Day));
        double[] Probabilities(ShopUser user)
        {
            var needs = new ShopNeeds(world);
            needs.Begin(user, 7, moment);
            return [.. Enumerable.Range(0, world.Items.Length).Select(needs.Probability)];
        }

        Assert.Equal(Probabilities(cut), Probabilities(whole));
        whole.Purchases.Clear();
        Assert.NotEqual(Probabilities(cut), Probabilities(whole));
    }

    [Fact]
    public void Some_rows_score_as_they_do_among_all()
    {
        var time = shop.Truth.EndsAt;
        float[] all = shop.Truth.PurchaseProbabilities("u00000042", time);
        var scores = new float[3];
        shop.Truth.Score("u00000042", time, [5, 800, 77], scores);
        Assert.Equal([all[5], all[800], all[77]], scores);
    }

    [Fact]
    public void Unknown_users_and_rows_are_named()
    {
        Assert.Contains("'nobody'", Assert.Throws<ArgumentException>(() => shop.Truth.Score("nobody", shop.Truth.EndsAt, [0], new float[1])).Message);
        Assert.Contains("900", Assert.Throws<ArgumentException>(() => shop.Truth.Score("u00000001", shop.Truth.EndsAt, [900], new float[1])).Message);
        Assert.Throws<ArgumentException>(() => shop.Truth.Score("u00000001", shop.Truth.EndsAt, [1, 2], new float[1]));
    }
}
