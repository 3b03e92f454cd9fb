namespace LineRec.Retrieval.Faiss.Tests;

public sealed class FaissFileTests : IDisposable
{
    private const int Count = 600, Dimension = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-faiss-").FullName;

    private string File1 => Path.Combine(_folder, "index.faiss");

    public static TheoryData<string> Kinds => [.. Points.Factories];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_loaded_index_answers_as_the_saved_one(string factory)
    {
        using var index = Build(factory, factory == "LSH" ? VectorMetric.L2 : VectorMetric.Cosine);
        if (factory.Contains("IVF", StringComparison.Ordinal)) index.SetParameter("nprobe", 7);
        index.Save(File1);

        using var again = FaissIndex.Load(File1);

        Assert.Equal((index.Count, index.Dimension, index.Metric, index.IsExact, index.Factory), (again.Count, again.Dimension, again.Metric, again.IsExact, again.Factory));
        var eligible = new RowSet(Count, Enumerable.Range(0, Count).Where(r => r % 2 == 0));
        for (int seed = 0; seed < 5; seed++)
        {
            float[] query = Points.Random(1, Dimension, seed);
            Assert.Equal(Points.Find(index, query, 10), Points.Find(again, query, 10));
            Assert.Equal(Points.Find(index, query, 10, eligible), Points.Find(again, query, 10, eligible));
        }

        Assert.Equal([File1], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        Build("IVF20,SQ8", VectorMetric.L2).Save(File1);
        byte[] whole = File.ReadAllBytes(File1);
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 200))
        {
            File.WriteAllBytes(File1, whole[..length]);
            Assert.Contains(File1, Assert.Throws<InvalidDataException>(() => FaissIndex.Load(File1)).Message, StringComparison.Ordinal);
        }

        for (int missing = 1; missing < 80; missing++)
        {
            File.WriteAllBytes(File1, whole[..^missing]);
            Assert.Throws<InvalidDataException>(() => FaissIndex.Load(File1));
        }
    }

    [Fact]
    public void A_file_with_a_flipped_bit_is_refused()
    {
        Build("IVF20,SQ8", VectorMetric.L2).Save(File1);
        byte[] whole = File.ReadAllBytes(File1);
        var random = new Random(1);
        foreach (int at in Enumerable.Range(0, 300).Select(_ => random.Next(whole.Length)).Concat(Enumerable.Range(whole.Length - 60, 60)))
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(File1, damaged);
            Assert.Contains(File1, Assert.Throws<InvalidDataException>(() => FaissIndex.Load(File1)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_that_are_not_there_or_not_of_FAISS_say_so()
    {
        Assert.Throws<FileNotFoundException>(() => FaissIndex.Load(File1));
        Assert.Throws<FileNotFoundException>(() => FaissIndex.Import(File1));
        File.WriteAllText(File1, "this isn't an index of anything, and longer than the end of one");
        Assert.Contains("Import", Assert.Throws<InvalidDataException>(() => FaissIndex.Load(File1)).Message, StringComparison.Ordinal);
        var e = Assert.Throws<InvalidDataException>(() => FaissIndex.Import(File1));
        Assert.NotEmpty(Assert.IsType<FaissException>(e.InnerException).FaissMessage);
    }

    [Fact]
    public void FAISS_reads_a_saved_file_and_says_when_it_is_cut()
    {
        using var index = Build("IVF20,Flat", VectorMetric.L2);
        index.Save(File1);
        byte[] whole = File.ReadAllBytes(File1);

        using (var imported = FaissIndex.Import(File1))
        {
            imported.SetParameter("nprobe", 5);
            index.SetParameter("nprobe", 5);
            float[] query = Points.Random(1, Dimension, 9);
            Assert.Equal((VectorMetric.L2, Count), (imported.Metric, imported.Count));
            Assert.Equal(Points.Find(index, query, 10), Points.Find(imported, query, 10));
        }

        File.WriteAllBytes(File1, whole[..(whole.Length / 2)]);
        Assert.Contains("can't read", Assert.Throws<InvalidDataException>(() => FaissIndex.Import(File1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => FaissIndex.Import(File1, cosine: true));
    }

    [Fact]
    public void A_folder_that_is_not_there_cannot_be_written_to() =>
        Assert.Contains("there is no folder", Assert.Throws<DirectoryNotFoundException>(() => Build("Flat", VectorMetric.L2).Save(Path.Combine(_folder, "none", "index"))).Message, StringComparison.Ordinal);

    private static FaissIndex Build(string factory, VectorMetric metric)
    {
        using var vectors = new NpyMatrix<float>(Points.Random(Count, Dimension, 1), Dimension);
        return FaissIndex.Build(vectors, factory, metric);
    }
}
