using System.IO.Compression;

namespace LineRec.Training.Tests;

public sealed class InteractionFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Reads_a_line_a_user_into_matrices_of_one_shape()
    {
        var matrices = InteractionFile.Read(Write("train.txt", "0 4 1\n2 3\n1\n\n"), Write("test.txt", "3 0 2 \r\n"));
        Assert.All(matrices, m => Assert.Equal((4, 5), (m.UserCount, m.ItemCount)));
        Assert.Equal([1, 4], matrices[0].ItemsOf(0).ToArray());
        Assert.Empty(matrices[0].ItemsOf(1).ToArray());
        Assert.Equal([0, 2], matrices[1].ItemsOf(3).ToArray());
    }

    [Fact]
    public void Reads_a_line_a_pair_compressed()
    {
        string path = Path.Combine(_folder, "pairs.txt.gz");
        using (var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest))) writer.Write("0 7 1\n1 2 1\n0 3 1\n");
        var matrix = InteractionFile.Read(path)[0];
        Assert.Equal(3, matrix.Count);
        Assert.Equal([3, 7], matrix.ItemsOf(0).ToArray());
    }

    [Theory]
    [InlineData("0 1\n0 x\n", "line 2: 'x'")]
    [InlineData("0 -1\n", "line 1: '-1'")]
    [InlineData("0 2147483647\n", "line 1: '2147483647'")]
    public void Says_which_line_is_wrong(string text, string part)
    {
        string path = Write("bad.txt", text);
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => InteractionFile.Read(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
