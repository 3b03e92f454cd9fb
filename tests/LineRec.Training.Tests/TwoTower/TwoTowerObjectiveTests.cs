using TorchSharp;

namespace LineRec.Training.Tests;

/// <summary>Each loss against a plain loop in double precision, and its gradients against that loop's finite differences.</summary>
public sealed class TwoTowerObjectiveTests
{
    private const int Width = 5, Items = 40;
    private const double Step = 1e-5, Tolerance = 2e-4;

    public static TheoryData<TwoTowerLoss, LogQCorrection, bool, int, string> Cases => new()
    {
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, 12, "" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Streaming, true, 12, "" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, 0, "" }, // in-batch only
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.None, true, 0, "" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, false, 12, "" }, // uniform only
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, Items, "" }, // exact
        { TwoTowerLoss.Bpr, LogQCorrection.Counted, true, 12, "" },
        { TwoTowerLoss.Bpr, LogQCorrection.None, false, 12, "" },
        { TwoTowerLoss.Bpr, LogQCorrection.Counted, true, Items, "" },
        { TwoTowerLoss.CosineContrastive, LogQCorrection.Counted, true, 12, "" },
        { TwoTowerLoss.CosineContrastive, LogQCorrection.None, false, 12, "" },
        { TwoTowerLoss.CosineContrastive, LogQCorrection.Counted, true, Items, "" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, 12, "hard" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, false, 12, "hard" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.None, true, 0, "hard" },
        { TwoTowerLoss.Bpr, LogQCorrection.Counted, true, 12, "hard" },
        { TwoTowerLoss.CosineContrastive, LogQCorrection.None, true, 12, "hard" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, 12, "shown" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, Items, "shown" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.None, true, 12, "shown" },
        { TwoTowerLoss.Bpr, LogQCorrection.Counted, false, 12, "shown" },
        { TwoTowerLoss.SampledSoftmax, LogQCorrection.Counted, true, 12, "only shown" },
        { TwoTowerLoss.Bpr, LogQCorrection.None, true, Items, "only shown" },
        { TwoTowerLoss.CosineContrastive, LogQCorrection.Counted, true, 12, "only shown" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Losses_and_gradients_are_those_of_a_plain_loop(TwoTowerLoss loss, LogQCorrection logQ, bool inBatch, int uniform, string own)
    {
        TorchRuntime.EnsureLoaded();
        var options = new TwoTowerOptions
        {
            Loss = loss, LogQ = logQ, InBatchNegatives = inBatch, UniformNegatives = uniform, BatchSize = 24, Temperature = 0.4, ContrastiveMargin = 0.1, ContrastiveWeight = 3,
            PositiveWeights = [0f, 0.25f, 1f, 1f, 1f, 0f], ExcludeRepeats = true, TargetWindow = TimeSpan.FromHours(3),
            HardNegatives = own == "hard" ? new HardNegativeOptions { Count = 3, Skip = 2, Window = 7 } : null,
            ImpressionNegatives = own.Contains("shown", StringComparison.Ordinal) ? new ImpressionNegativeOptions { Count = 5, Weight = 4, Only = own == "only shown" } : null,
        };
        var events = TasteLog.Events(users: 8, events: 6, items: Items, type: e => e % 2 == 0 ? EventType.Click : EventType.Purchase);
        var chosen = new ChosenItems(events, long.MaxValue);
        var examples = TwoTowerExamples.Find(events, options, long.MinValue, long.MaxValue);
        var batch = new TwoTowerBatch(events, options, examples, new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2)), Items);
        batch.Fill(examples, [.. Enumerable.Range(0, examples.Count)]);
        using var miner = new HardNegativeMiner(options.HardNegatives ?? new(), [.. Enumerable.Range(0, Items)], 50, chosen, new Random(8));
        if (own == "hard") miner.Draw(batch, [.. Enumerable.Range(0, batch.Count).SelectMany(e => Enumerable.Range(0, 15).Select(i => (e + (i * 7)) % Items))], 15);
        else if (own.Length > 0) new ImpressionNegatives(new PassedOverItems(TasteLog.WithLists(events, shown: 4, Items), chosen, TimeSpan.Zero), new Random(8)).Add(batch);
        Assert.True(batch.Masked.Count > 0 && batch.PositiveWeights.Distinct().Count() == 2 && batch.Positives.Count > batch.Count);

        double[][] values = [Unit(batch.Count, 3), Unit(batch.Candidates.Count, 4), Unit(Math.Max(1, batch.Own?.Items.Count ?? 0), 6), Unit(batch.Positives.Count, 5)];
        var tensors = values.Select(v => torch.tensor(v.Select(x => (float)x).ToArray(), v.Length / Width, Width).requires_grad_()).ToArray();
        using var found = TwoTowerObjective.Of(options, batch, tensors[0], tensors[1], tensors[2], tensors[3]);
        found.backward();
        Assert.InRange(found.item<float>(), Naive(options, batch, values) * (1 - Tolerance), Naive(options, batch, values) * (1 + Tolerance));
        for (int part = 0; part < values.Length; part++)
        {
            if ((part == 1 && batch.Candidates.Count == 0) || (part == 2 && own.Length == 0)) continue;
            float[] gradient = tensors[part].grad!.ToFloats();
            for (int i = 0; i < gradient.Length; i++)
            {
                double at = values[part][i];
                values[part][i] = at + Step;
                double above = Naive(options, batch, values);
                values[part][i] = at - Step;
                double expected = (above - Naive(options, batch, values)) / (2 * Step);
                values[part][i] = at;
                Assert.InRange(gradient[i], expected - (Tolerance * (1 + Math.Abs(expected))), expected + (Tolerance * (1 + Math.Abs(expected))));
            }
        }
    }

    [Fact]
    public void A_positive_of_an_example_is_never_its_negative()
    {
        foreach (int uniform in new[] { 0, 12, Items })
        {
            var options = new TwoTowerOptions { BatchSize = 24, UniformNegatives = uniform, TargetWindow = TimeSpan.FromHours(3) };
            var events = TasteLog.Events(users: 8, events: 6, items: Items);
            var examples = TwoTowerExamples.Find(events, options, long.MinValue, long.MaxValue);
            var batch = new TwoTowerBatch(events, options, examples, new NegativeSampler([.. Enumerable.Range(0, Items)], new Random(2)), Items);
            batch.Fill(examples, [.. Enumerable.Range(0, examples.Count)]);
            var masked = batch.Masked.ToHashSet();
            foreach (var (item, example) in batch.Positives.Zip(batch.PositiveExamples))
                Assert.All(Enumerable.Range(0, batch.Candidates.Count).Where(c => batch.Candidates[c] == item), c => Assert.Contains((example * batch.Candidates.Count) + c, masked));
        }
    }

    [Fact]
    public void The_streaming_estimate_comes_near_the_counted_share_and_follows_a_change()
    {
        var frequency = new StreamingFrequency(3);
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) frequency.Add(random.NextDouble() < 0.8 ? 0 : 1);
        Assert.InRange(frequency[0], 0.7, 0.9);
        Assert.InRange(frequency[1], 0.14, 0.27);
        Assert.Equal(0, frequency[2]);
        for (int i = 0; i < 20_000; i++) frequency.Add(random.NextDouble() < 0.2 ? 0 : 1);
        Assert.InRange(frequency[0], 0.14, 0.27);
        Assert.InRange(frequency[1], 0.7, 0.9);
    }

    private static double[] Unit(int rows, int seed)
    {
        double[] values = [.. Gaussian.Draw(new Random(seed), rows * Width, 1).Select(v => (double)v)];
        for (int row = 0; row < rows; row++)
        {
            double length = Math.Sqrt(Enumerable.Range(row * Width, Width).Sum(i => values[i] * values[i]));
            for (int i = row * Width; i < (row + 1) * Width; i++) values[i] /= length;
        }

        return values;
    }

    private static double Naive(TwoTowerOptions options, TwoTowerBatch batch, double[][] values)
    {
        var masked = batch.Masked.ToHashSet();
        double sum = 0, weights = 0;
        for (int p = 0; p < batch.Positives.Count; p++)
        {
            int example = (int)batch.PositiveExamples[p];
            double positive = Dot(values[0], example, values[3], p), terms = 0, count = 0;
            for (int c = 0; c < batch.Columns; c++)
            {
                if (masked.Contains(((long)example * batch.Columns) + c)) continue;
                int own = c - batch.Candidates.Count; // 0 and more: a negative of the example's own
                double weight = !batch.IsCorrected ? 1 : Math.Exp(own < 0 ? -batch.LogExpected[c] : -batch.Own!.LogExpected[example]);
                double negative = own < 0 ? Dot(values[0], example, values[1], c) : Dot(values[0], example, values[2], (int)batch.Own!.Places[(example * batch.Own.PerExample) + own]);
                terms += weight * options.Loss switch
                {
                    TwoTowerLoss.Bpr => Math.Log(1 + Math.Exp((negative - positive) / options.Temperature)),
                    TwoTowerLoss.CosineContrastive => Math.Max(0, negative - options.ContrastiveMargin),
                    _ => Math.Exp(negative / options.Temperature),
                };
                count += weight;
            }

            sum += batch.PositiveWeights[p] * options.Loss switch
            {
                TwoTowerLoss.Bpr => terms / count,
                TwoTowerLoss.CosineContrastive => 1 - positive + (options.ContrastiveWeight * terms / count),
                _ => -(positive / options.Temperature) + Math.Log(Math.Exp(positive / options.Temperature) + terms),
            };
            weights += batch.PositiveWeights[p];
        }

        return sum / weights;
    }

    private static double Dot(double[] left, int row, double[] right, int column) =>
        Enumerable.Range(0, Width).Sum(k => left[(row * Width) + k] * right[(column * Width) + k]);
}
