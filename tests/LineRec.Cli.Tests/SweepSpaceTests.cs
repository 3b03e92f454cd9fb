using System.Globalization;
using CsCheck;
using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>Which combinations a sweep tries.</summary>
public sealed class SweepSpaceTests
{
    private const int Draws = 2000;

    private static readonly SweepRange Rate = new("two_tower.learning_rate", SweepRangeKind.LogUniform, ["0.001", "0.1"]);
    private static readonly SweepRange Temperature = new("two_tower.temperature", SweepRangeKind.Uniform, ["0.05", "0.25"]);
    private static readonly SweepRange Negatives = new("two_tower.uniform_negatives", SweepRangeKind.Integer, ["3", "7"]);
    private static readonly SweepRange Dimension = new("two_tower.dimension", SweepRangeKind.Choice, ["16", "64", "32"]);

    [Fact]
    public void Trial_0_is_the_configuration_as_it_is()
    {
        var settings = new RecipeSettings { Dimension = 8 };
        var space = new SweepSpace(settings, [Dimension]);
        Assert.Empty(space.ValuesOf(0));
        Assert.Same(settings, space.With(space.ValuesOf(0)));
    }

    [Fact]
    public void A_trial_depends_on_seed_number_and_its_own_range_alone() => Gen.Select(Gen.Int, Gen.Int[1, 500]).Sample((seed, trial) =>
    {
        var settings = new RecipeSettings { Seed = seed };
        var some = new SweepSpace(settings, [Rate]).ValuesOf(trial);
        var more = new SweepSpace(settings with { SweepTrials = 999 }, [Dimension, Negatives, Rate]).ValuesOf(trial);
        Assert.Equal(some[Rate.Setting], more[Rate.Setting]);
    });

    [Fact]
    public void Seeds_and_trials_give_different_combinations()
    {
        var first = new SweepSpace(new RecipeSettings { Seed = 1 }, [Rate]);
        var second = new SweepSpace(new RecipeSettings { Seed = 2 }, [Rate]);
        int distinct = Enumerable.Range(1, 200).SelectMany(t => new[] { first.ValuesOf(t)[Rate.Setting], second.ValuesOf(t)[Rate.Setting] }).Distinct().Count();
        Assert.InRange(distinct, 360, 400); // four digits: a few come twice
    }

    [Fact]
    public void Values_stay_in_their_range_and_are_spread_as_their_kind_says()
    {
        var space = new SweepSpace(new RecipeSettings(), [Rate, Temperature, Negatives, Dimension]);
        var draws = Enumerable.Range(1, Draws).Select(space.ValuesOf).ToList();
        double[] rates = Numbers(Rate), temperatures = Numbers(Temperature), negatives = Numbers(Negatives);
        Assert.All(rates, r => Assert.InRange(r, 0.001, 0.1));
        Assert.All(temperatures, t => Assert.InRange(t, 0.05, 0.25));

        // Half of the rates lie under the geometric mean, half of the temperatures under the mean; five standard deviations of a coin are 0.056.
        Assert.Equal(0.5, rates.Count(r => r < 0.01) / (double)Draws, tolerance: 0.06);
        Assert.Equal(0.5, temperatures.Count(t => t < 0.15) / (double)Draws, tolerance: 0.06);
        Assert.All(Enumerable.Range(3, 5), n => Assert.Equal(0.2, negatives.Count(v => v == n) / (double)Draws, tolerance: 0.05));
        Assert.All(Dimension.Values, v => Assert.Equal(1 / 3.0, draws.Count(d => d[Dimension.Setting] == v) / (double)Draws, tolerance: 0.06));

        double[] Numbers(SweepRange range) => [.. draws.Select(d => double.Parse(d[range.Setting], CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void A_trials_settings_are_the_configuration_with_its_values()
    {
        var settings = new RecipeSettings { Patience = 9 };
        var space = new SweepSpace(settings, [Negatives]);
        var values = space.ValuesOf(5);
        Assert.Equal(settings with { UniformNegatives = int.Parse(values[Negatives.Setting], CultureInfo.InvariantCulture) }, space.With(values));
    }
}
