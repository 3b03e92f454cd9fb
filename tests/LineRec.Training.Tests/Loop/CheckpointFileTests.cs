namespace LineRec.Training.Tests;

public sealed class CheckpointFileTests
{
    private int _number = 5;
    private float[] _values = [1, 2, 3];
    private string _text = "grüße";

    [Fact]
    public void Values_of_all_kinds_come_back()
    {
        long[] many = [.. Enumerable.Range(0, 600_000).Select(i => (long)i * i)]; // more than is written at once
        using var tensor = TorchSharp.torch.tensor([1.5f, -2f]);
        void Exchange(TrainingState state)
        {
            this.Exchange(state);
            state.Part("part", s => s.Values("values", many.AsSpan()));
            state.Values("tensor", tensor);
        }

        using var file = new StateFile(Exchange);
        long[] expected = [.. many];
        (_number, _values, _text) = (0, new float[9], "");
        Array.Clear(many);
        tensor.zero_();
        file.Restore(Exchange);

        Assert.Equal((5, "grüße"), (_number, _text));
        Assert.Equal([1f, 2f, 3f], _values);
        Assert.Equal(expected, many);
        Assert.Equal([1.5f, -2f], tensor.ToFloats());
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_is_refused()
    {
        using var file = new StateFile(Exchange);
        byte[] whole = File.ReadAllBytes(file.Path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file.Path, whole[..length]);
            Assert.Contains(file.Path, Assert.Throws<InvalidDataException>(() => file.Restore(Exchange)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_refused()
    {
        using var file = new StateFile(Exchange);
        byte[] whole = File.ReadAllBytes(file.Path);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x20;
            File.WriteAllBytes(file.Path, damaged);
            Assert.Throws<InvalidDataException>(() => file.Restore(Exchange));
        }
    }

    [Fact]
    public void Values_of_another_training_are_refused_by_name()
    {
        using var file = new StateFile(Exchange);
        Refused("has no 'other'", s => s.Value("other", ref _number));
        Refused("3 values of 4 bytes for 'values', where this training has 2", s => s.Values("values", new float[2].AsSpan()));
        Refused("where this training has 3 of 8 bytes", s => s.Values("values", new double[3].AsSpan()));
        Refused("2 values that this training doesn't have, 'text'", s => s.Value("number", ref _number));

        void Refused(string text, Action<TrainingState> exchange)
        {
            string message = Assert.Throws<InvalidDataException>(() => file.Restore(exchange)).Message;
            Assert.Contains(text, message, StringComparison.Ordinal);
            Assert.Contains("folder of its own", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Two_values_of_one_name_are_refused_when_they_are_saved() => Assert.Contains(
        "named 'number'",
        Assert.Throws<InvalidOperationException>(() => new StateFile(s =>
        {
            s.Value("number", ref _number);
            s.Value("number", ref _number);
        })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Weights_in_memory_are_restored_and_can_be_saved()
    {
        var copy = new WeightsCopy(Exchange);
        (_number, _values[0]) = (6, 9);
        copy.Update();
        using var file = new StateFile(copy.Exchange);
        (_number, _values[0]) = (7, 10);
        copy.Restore();
        Assert.Equal((6, 9f), (_number, _values[0]));

        (_number, _values[0]) = (8, 11);
        var other = new WeightsCopy(Exchange);
        file.Restore(other.Exchange);
        other.Restore();
        Assert.Equal((6, 9f), (_number, _values[0]));
    }

    private void Exchange(TrainingState state)
    {
        state.Value("number", ref _number);
        state.Values("values", ref _values);
        state.Text("text", ref _text);
    }
}
