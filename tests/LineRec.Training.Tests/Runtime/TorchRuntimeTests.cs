using TorchSharp;

namespace LineRec.Training.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Torch_computes_on_this_host()
    {
        TorchRuntime.EnsureLoaded();
        TorchRuntime.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        var product = torch.tensor(new float[] { 1, 2, 3, 4 }, 2, 2).matmul(torch.ones(2, 1));
        Assert.Equal([3f, 7f], product.data<float>().ToArray());
        Assert.Equal(Environment.ProcessorCount, torch.get_num_threads());
    }

    [Fact]
    public void The_hash_of_the_version_is_the_one_that_binutils_show() => Assert.Equal(0x0297f842u, VersionRequirement.HashOf("GLIBCXX_3.4.32"));

    [Fact]
    public void Bytes_that_are_no_library_stay_as_they_are()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        byte[] before = [.. bytes];
        Assert.Equal(0, VersionRequirement.MarkWeak(bytes, "GLIBCXX_3.4.32"));
        Assert.Equal(before, bytes);
    }

    [Fact]
    public void Exactly_one_requirement_of_the_bridge_is_marked_and_only_its_flag_changes()
    {
        string? path = Directory.EnumerateFiles(AppContext.BaseDirectory, "libLibTorchSharp.so", SearchOption.AllDirectories).FirstOrDefault();
        if (path is null) Assert.Skip("This platform's TorchSharp isn't an ELF library.");
        byte[] original = File.ReadAllBytes(path), marked = File.ReadAllBytes(path);
        Assert.Equal(1, VersionRequirement.MarkWeak(marked, "GLIBCXX_3.4.32"));
        int[] changed = [.. Enumerable.Range(0, original.Length).Where(i => original[i] != marked[i])];
        Assert.Equal(2, marked[Assert.Single(changed)]);
    }
}
