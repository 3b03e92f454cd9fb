using LineRec.Recipes;

namespace LineRec.Cli.Tests;

/// <summary>The configuration file: what is wrong in it is said with its line.</summary>
public sealed class SettingsFileTests
{
    [Theory]
    [InlineData("seed: 1\ntwo_tower:\n  epoch: 3\n", "c.yaml(3,3): there is no setting 'two_tower.epoch'. Did you mean 'two_tower.epochs'?")]
    [InlineData("seed: 1\nrecommender: x\n", "c.yaml(2,1): there is no setting 'recommender'. 'linerec config' prints all that there are.")]
    [InlineData("two_tower:\n  epochs: many\n", "c.yaml(2,11): 'two_tower.epochs' is 'many'; it must be a whole number from 1 to 1000.")]
    [InlineData("window_days: 0\n", "c.yaml(1,14): 'window_days' is '0'; it must be a whole number from 1 to 90.")]
    [InlineData("gate: { metric: auc }\n", "c.yaml(1,17): 'gate.metric' is 'auc'; it must be one of ndcg_at_20, recall_at_20, hit_rate_at_20, mrr.")]
    [InlineData("gate: { max_loss: nan }\n", "'gate.max_loss' is 'nan'; it must be a number from 0 to 1.")]
    [InlineData("two_tower: 7\n", "c.yaml(1,12): 'two_tower' must be lines of 'name: value'.")]
    [InlineData("seed: [1, 2]\n", "c.yaml(1,7): 'seed' is no single value; it must be")]
    [InlineData("- seed\n", "c.yaml(1,1): the file must be lines of 'name: value'.")]
    [InlineData("seed: 1\n  task: all\n", "c.yaml(2,")]
    [InlineData("seed: 1\nseed: 2\n", "c.yaml(2,")]
    [InlineData("airflow: { start_date: 2026-13-01 }\n", "it must be a date as yyyy-MM-dd.")]
    [InlineData("rankers: { hidden_widths: 64-0 }\n", "it must be widths of 1 to 9999 joined by '-', such as 64-32.")]
    [InlineData("sweep:\n  ranges:\n    two_tower.learning_rat: { uniform: [1, 2] }\n", "c.yaml(3,5): there is no setting 'two_tower.learning_rat'. Did you mean 'two_tower.learning_rate'?")]
    [InlineData("sweep: { ranges: { gate.max_loss: { uniform: [0, 1] } } }\n", "'gate.max_loss' can't be swept; the settings of two_tower and rankers can")]
    [InlineData("sweep: { ranges: { two_tower.epochs: { integer: [1, 9] } } }\n", "'two_tower.epochs' can't be swept")]
    [InlineData("sweep: { ranges: { two_tower.dimension: { integer: [2, 64] } } }\n", "the range of 'two_tower.dimension' holds 2; it must be a whole number from 4 to 1024.")]
    [InlineData("sweep: { ranges: { two_tower.dimension: { uniform: [4, 64] } } }\n", "it must be a whole number from 4 to 1024.")]
    [InlineData("sweep: { ranges: { two_tower.dimension: { choice: [32, many] } } }\n", "the range of 'two_tower.dimension' holds many;")]
    [InlineData("sweep: { ranges: { two_tower.temperature: { log_uniform: [0, 1] } } }\n", "the range of 'two_tower.temperature' must be { uniform: [low, high] }")]
    [InlineData("sweep: { ranges: { two_tower.temperature: { uniform: [0.2, 0.1] } } }\n", "low under high")]
    [InlineData("sweep: { ranges: { two_tower.temperature: 0.1 } }\n", "the range of 'two_tower.temperature' must be")]
    [InlineData("sweep: { ranges: 7 }\n", "'sweep.ranges' must be lines of 'setting: range'")]
    public void What_is_wrong_is_named_with_line_and_column(string text, string message)
    {
        var error = Assert.Throws<RecipeException>(() => SettingsFile.Parse(text, "c.yaml"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(RecipeFault.Input, error.Fault);
    }

    [Fact]
    public void All_mistakes_come_together()
    {
        string message = Assert.Throws<RecipeException>(() => SettingsFile.Parse("sed: 1\ntask: guess\nwindow_days: 0\n", "c.yaml")).Message;
        Assert.Equal(["c.yaml(1,1)", "c.yaml(2,7)", "c.yaml(3,14)"], message.Split(Environment.NewLine).Select(l => l.Split(':')[0]));
    }

    [Fact]
    public void What_is_printed_is_read_again_and_json_is_read_too()
    {
        var settings = new RecipeSettings { Seed = -5, Task = "all", TowerEpochs = 3, MaxLoss = 0.25, Schedule = "0 3 * * *", DagId = "daily.shop-1" };
        Assert.Equal(settings, SettingsFile.Parse(SettingsSchema.ToYaml(settings), "c.yaml"));
        Assert.Equal(new RecipeSettings(), SettingsFile.Parse(SettingsSchema.ToYaml(new RecipeSettings()), "c.yaml"));
        Assert.Equal(new RecipeSettings(), SettingsFile.Parse("", "c.yaml"));
        Assert.Equal(new RecipeSettings { Seed = 4, TowerEpochs = 2 }, SettingsFile.Parse("""{ "seed": 4, "two_tower": { "epochs": 2 } }""", "c.json"));
    }

    [Fact]
    public void Ranges_are_printed_and_read_again()
    {
        const string Text = "sweep:\n  ranges:\n    two_tower.temperature: { log_uniform: [0.01, 0.5] }\n    two_tower.dimension: { choice: [16, 32] }\n";
        string printed = SettingsSchema.ToYaml(SettingsFile.Parse(Text, "c.yaml"));
        Assert.EndsWith(Text["sweep:\n".Length..], printed, StringComparison.Ordinal);
        Assert.Equal(printed, SettingsSchema.ToYaml(SettingsFile.Parse(printed, "c.yaml")));
    }

    [Fact]
    public void The_defaults_keep_to_their_own_rules() => Assert.All(SettingsSchema.All, s => Assert.NotNull(s.Apply(new RecipeSettings(), s.Read(new RecipeSettings()))));

    [Fact]
    public void Every_setting_is_read_by_a_step_or_belongs_to_what_no_result_depends_on() => Assert.DoesNotContain(
        SettingsSchema.All,
        s => s.Name.Split('.')[0] is not ("airflow" or "checkpoint_steps" or "sweep" or "tracking") && !PipelineGraph.Steps.Any(step => SettingsSchema.Describe(new RecipeSettings(), step.Settings).Contains(s.Name + ":", StringComparison.Ordinal)));
}
