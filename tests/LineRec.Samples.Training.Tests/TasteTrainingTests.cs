using LineRec.Training;

namespace LineRec.Samples.Training;

/// <summary>The sample's module learns, and its trainer's promises hold for it.</summary>
public sealed class TasteTrainingTests(SampleLog log) : IClassFixture<SampleLog>
{
    [Fact]
    public void The_module_learns_what_users_take()
    {
        var options = new TasteOptions { Data = log.Path, Out = log.Folder("learns"), BatchSize = 256, Epochs = 6 };
        var result = TasteTraining.Run(options, new Progress<TrainingProgress>(), default);

        Assert.InRange(result.Epochs.Max(e => e.Metrics["auc"]), 0.6, 1); // 0.5 is chance; what is popular is drawn as seldom as anything else
        using var items = NpyMatrix<float>.Open(Path.Combine(options.Out, "items.npy"));
        Assert.Equal((300, options.Width), (items.Rows, items.Columns));
        Assert.InRange(result.Times.DataShare, 0, 1);
    }

    [Fact]
    public void The_module_is_as_short_as_promised()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository(), "samples", "LineRec.Samples.Training", "TasteModule.cs"));
        int from = Array.FindIndex(lines, l => l.Contains("#region own-module", StringComparison.Ordinal)), to = Array.FindIndex(lines, l => l.Contains("#endregion", StringComparison.Ordinal));
        Assert.InRange(to - from - 1, 20, 50);
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LineRec.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
