using LineRec.Conformance;
using LineRec.Features;
using Microsoft.Extensions.DependencyInjection;
using static LineRec.Onnx.Tests.TinyGraph;

namespace LineRec.Onnx.Tests.Users;

public sealed class OnnxUserEncoderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Catalog Items = new(["a", "b", "c"], []);
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-onnx").FullName;
    private readonly string _fingerprint;

    public OnnxUserEncoderTests()
    {
        var spec = FeatureSpec.Create(s => s.History(new HistoryPooling { Decay = 0.5f }).User(u => u.DaysSinceLast()));
        using var fitted = new FeatureFitter(spec, Items, Now).Fit();
        fitted.Save(_folder);
        _fingerprint = fitted.Fingerprint;
        Directory.CreateDirectory(Path.Combine(_folder, "tables"));
        using var table = new NpyMatrix<float>([1f, 0f, 0f, 1f, 2f, 2f], 2);
        table.Save(Path.Combine(_folder, "tables", "item.npy"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_vector_is_the_graph_of_the_pooled_history()
    {
        using var snapshot = Tower();
        var encoder = new OnnxUserEncoder(snapshot);
        float[] vector = new float[3];
        Assert.True(encoder.TryEncode(Request(snapshot, (0, 10), (1, 2)), vector));
        Assert.Equal([0.5f, 1f, 50.5f], vector); // newest item b, then half of a
        Assert.Equal(3, encoder.Dimension);
    }

    [Fact]
    public void The_users_features_are_fed_where_the_graph_takes_them()
    {
        Write(_folder, "user_tower.onnx", [new("history", 2, [0f, 0f], "n"), new("user", 3, [1f, 0f, 0f], "1")], output: "vector");
        using var snapshot = Snapshot(new ModelDescription("user_tower.onnx", [History, new("user", ModelInputKind.Dense, 3, Block: "user")], "vector", _fingerprint));
        float[] vector = new float[1];
        Assert.True(new OnnxUserEncoder(snapshot).TryEncode(Request(snapshot, (0, 3)), vector));
        Assert.Equal(MathF.Log(4f), vector[0], 5);
    }

    [Fact]
    public void A_user_without_history_has_no_vector()
    {
        using var snapshot = Tower();
        Assert.False(new OnnxUserEncoder(snapshot).TryEncode(Request(snapshot), new float[3]));
        Assert.Throws<ArgumentException>(() => new OnnxUserEncoder(snapshot).TryEncode(Request(snapshot), new float[2]));
    }

    [Fact]
    public void Encoding_allocates_nothing_after_warm_up()
    {
        using var snapshot = Tower();
        var encoder = new OnnxUserEncoder(snapshot);
        var context = Request(snapshot, (0, 10), (1, 2));
        float[] vector = new float[3];
        Assert.Equal(0, Measure.AllocatedBytes(() => encoder.TryEncode(context, vector)));
    }

    [Fact]
    public void A_tower_of_another_feature_state_or_table_is_refused()
    {
        Write(_folder, "user_tower.onnx", [new("history", 2, [0f, 0f])], output: "vector");
        Refused("trained with the feature state 'other'", new ModelDescription("user_tower.onnx", [History], "vector", "other"));
        Refused("neither the history pooled over table 'item' (or its items and their weights) nor the user block", new ModelDescription("user_tower.onnx", [History with { Table = "category" }], "vector", _fingerprint));
        Write(_folder, "user_tower.onnx", [new("history", 5, new float[5])], output: "vector");
        Refused("takes 5 values; table 'item' has 2", new ModelDescription("user_tower.onnx", [History with { Width = 5 }], "vector", _fingerprint));

        using var none = Snapshot(null);
        Assert.Contains("needs the model 'user_tower', which bundle 'v1' doesn't have; its models: none", Assert.Throws<InvalidOperationException>(() => new OnnxUserEncoder(none)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tower_that_reads_the_items_one_by_one_gets_them_with_their_weights()
    {
        using var snapshot = SequenceTower();
        var encoder = new OnnxUserEncoder(snapshot);
        float[] vector = new float[2];
        Assert.True(encoder.TryEncode(Request(snapshot, (2, 12), (0, 10), (1, 2)), vector));
        Assert.Equal([1f, 1.5f], vector); // b, half of a, a quarter of c
        Assert.True(encoder.TryEncode(Request(snapshot, (0, 10), (1, 2)), vector)); // nothing is left of the longer history
        Assert.Equal([0.5f, 1f], vector);
        Assert.False(encoder.TryEncode(Request(snapshot), vector));
        var context = Request(snapshot, (2, 12), (0, 10), (1, 2));
        Assert.Equal(0, Measure.AllocatedBytes(() => encoder.TryEncode(context, vector)));
    }

    [Fact]
    public void A_tower_of_another_pooling_than_the_feature_states_is_refused()
    {
        RefusedSequence("takes the newest 20 items of a history; the feature state of bundle 'v1' picks 50 (HistoryPooling.Last)", 20, Items50 with { Length = 20 }, Weights50 with { Width = 20 });
        RefusedSequence("is neither the history pooled over table 'item'", 50, Items50, Weights50 with { Table = "category" });
        RefusedSequence("has the shape [-1, 50, 2]; [rows, 2] is described", 50, Items50 with { Length = null }, Weights50);
        RefusedSequence("has the shape [-1, 50, 2]; [rows, 50, 3] is described", 50, Items50 with { Width = 3 }, Weights50);
        RefusedSequence("takes 3 values; table 'item' has 2", 50, Items50 with { Width = 3 }, Weights50, width: 3);
        Write(_folder, "user_tower.onnx", [new("history", 2, [0f, 0f]), new("weights", 50, new float[50])], output: "vector");
        Refused("takes the weights of a history's items, but input 'history' takes one pooled vector", new ModelDescription("user_tower.onnx", [Items50 with { Length = null }, Weights50], "vector", _fingerprint));
        WriteWeightedSum(_folder, "user_tower.onnx", 50, 2);
        Refused("no input of kind 'weights' over table 'item'", new ModelDescription("user_tower.onnx", [Items50, new("weights", ModelInputKind.Dense, 50, Block: "user")], "vector", _fingerprint));
    }

    [Fact]
    public void Using_onnx_registers_the_factory_once_and_checks_its_options()
    {
        var builder = new Builder();
        builder.UseOnnx().UseOnnx(o => o.ThreadCount = 2);
        using var services = builder.Services.BuildServiceProvider();
        Assert.Equal(2, services.GetRequiredService<OnnxOptions>().ThreadCount);
        using var snapshot = Tower();
        Assert.Equal(3, Assert.Single(services.GetServices<IUserEncoderFactory>()).Create(snapshot).Dimension);
        Assert.Contains("ThreadCount is 0", Assert.Throws<ArgumentException>(() => builder.UseOnnx(o => o.ThreadCount = 0)).Message, StringComparison.Ordinal);
    }

    private static ModelInput Items50 { get; } = new("history", ModelInputKind.Gathered, 2, Table: "item", Length: 50);

    private static ModelInput Weights50 { get; } = new("weights", ModelInputKind.Weights, 50, Table: "item");

    private static ModelInput History { get; } = new("history", ModelInputKind.Gathered, 2, Table: "item");

    private void Refused(string message, ModelDescription description)
    {
        using var snapshot = Snapshot(description);
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => new OnnxUserEncoder(snapshot)).Message, StringComparison.Ordinal);
    }

    private void RefusedSequence(string message, int length, ModelInput history, ModelInput weights, int width = 2)
    {
        WriteWeightedSum(_folder, "user_tower.onnx", length, width);
        Refused(message, new ModelDescription("user_tower.onnx", [history, weights], "vector", _fingerprint));
    }

    private ModelSnapshot SequenceTower()
    {
        WriteWeightedSum(_folder, "user_tower.onnx", 50, 2);
        return Snapshot(new ModelDescription("user_tower.onnx", [Items50, Weights50], "vector", _fingerprint));
    }

    private ModelSnapshot Tower()
    {
        Write(_folder, "user_tower.onnx", [new("history", 2, [1f, 0f, 1f, 0f, 1f, 50f])], outputs: 3, output: "vector");
        return Snapshot(new ModelDescription("user_tower.onnx", [History], "vector", _fingerprint));
    }

    private ModelSnapshot Snapshot(ModelDescription? tower) => new(Items)
    {
        Directory = _folder,
        Version = "v1",
        Models = tower is null ? new Dictionary<string, ModelDescription>() : new Dictionary<string, ModelDescription> { [OnnxUserEncoder.ModelName] = tower },
    };

    private static RequestContext Request(ModelSnapshot snapshot, params (int Row, int DaysAgo)[] clicks)
    {
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home" }, snapshot, Now, 1, 10);
        foreach (var (row, days) in clicks) context.History.Add(row, EventType.Click, Now.AddDays(-days).ToUnixTimeMilliseconds());
        return context;
    }

    private sealed class Builder : ILineRecBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public ILineRecBuilder AddPlacement(string name, Action<IPlacementBuilder> configure) => this;
    }
}
