using System.Runtime.InteropServices;
using CsCheck;

namespace LineRec.Retrieval.Tests.Vectors.Ivf;

/// <summary>Files of the index: what is saved is what is opened, and no damage does harm.</summary>
public unsafe class IvfFileTests
{
    private const int Dimension = 40, Count = 2_500;

    private static readonly NpyMatrix<float> Vectors = Random(Count, 1);

    [Fact]
    public void What_is_saved_answers_the_same_when_opened()
    {
        foreach (var metric in Enum.GetValues<VectorMetric>())
        {
            using var index = IvfIndex.Build(Vectors, new IvfOptions { Metric = metric });
            string path = Save(index);
            using var opened = IvfIndex.Open(path, Vectors);
            foreach (bool exact in new[] { true, false })
            {
                IVectorIndex before = index.With(exact ? IvfProbe.Exact : new IvfProbe()), after = opened.With(exact ? IvfProbe.Exact : new IvfProbe());
                for (int q = 0; q < 20; q++) Assert.Equal(IvfModel.Answer(before, Vectors[q * 7].ToArray(), 15), IvfModel.Answer(after, Vectors[q * 7].ToArray(), 15));
            }
        }
    }

    [Fact]
    public void Damage_is_found_by_the_checksum()
    {
        string good = Save(IvfIndex.Build(Vectors)), path = TempFile.Path("damaged.ivf");
        byte[] bytes = File.ReadAllBytes(good);
        (from cut in Gen.Bool
         from at in Gen.OneOf(Gen.Int[0, sizeof(IvfHeader)], Gen.Int[0, bytes.Length - 1])
         from bit in Gen.Int[0, 7]
         select (cut, at, bit)).Sample(c =>
         {
             byte[] damaged = c.cut ? bytes[..c.at] : [.. bytes];
             if (!c.cut) damaged[c.at] ^= (byte)(1 << c.bit);
             Write(path, damaged);
             var error = Assert.Throws<InvalidDataException>(() => IvfIndex.Open(path, Vectors).Dispose());
             Assert.Contains(path, error.Message, StringComparison.Ordinal);
         }, iter: 400, threads: 1);
    }

    [Fact]
    public void With_a_forged_checksum_a_file_is_refused_or_searched_without_harm()
    {
        string path = TempFile.Path("forged.ivf");
        byte[] bytes = File.ReadAllBytes(Save(IvfIndex.Build(Vectors)));
        int refused = 0, searched = 0;
        (from at in Gen.OneOf(Gen.Int[16, sizeof(IvfHeader) - 1], Gen.Int[16, 60_000], Gen.Int[16, bytes.Length - 1]).Array[1, 4]
         from values in Gen.Byte.Array[4]
         select (at, values)).Sample(c =>
         {
             byte[] damaged = [.. bytes];
             for (int i = 0; i < c.at.Length; i++) damaged[Math.Min(c.at[i], bytes.Length - 1)] = c.values[i];
             fixed (byte* image = damaged)
             {
                 var header = (IvfHeader*)image;
                 header->Checksum = IvfFile.Checksum(*header, image, damaged.Length);
             }

             Write(path, damaged);
             try
             {
                 using var index = IvfIndex.Open(path, Vectors);
                 for (int q = 0; q < 3; q++)
                 {
                     index.Search(Vectors[q], new int[50], new float[50]);
                     index.With(IvfProbe.Exact).Search(Vectors[q], new int[50], new float[50]);
                     index.With(IvfProbe.Exact).SearchBatch(Vectors.Slice(q, 5), 50, new int[250], new float[250]);
                 }

                 searched++;
             }
             catch (InvalidDataException)
             {
                 refused++;
             }
         }, iter: 300, threads: 1);
        Assert.True(refused > 0 && searched > 0, $"{refused} refused, {searched} searched");
    }

    [Fact]
    public void Another_version_says_what_to_do()
    {
        string path = Save(IvfIndex.Build(Vectors));
        byte[] bytes = File.ReadAllBytes(path);
        fixed (byte* image = bytes) ((IvfHeader*)image)->Version = 99;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("version 99", Assert.Throws<InvalidDataException>(() => IvfIndex.Open(path, Vectors)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Absurd_sizes_allocate_nothing()
    {
        string path = Save(IvfIndex.Build(Vectors));
        byte[] bytes = File.ReadAllBytes(path);
        fixed (byte* image = bytes)
        {
            var header = (IvfHeader*)image;
            (header->Lists, header->Count, header->Blocks, header->MatrixRows) = (1 << 24, int.MaxValue - 40, (int.MaxValue - 40 + 31) / 32, int.MaxValue);
        }

        File.WriteAllBytes(path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => IvfIndex.Open(path, Vectors));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Other_vectors_are_refused()
    {
        string path = Save(IvfIndex.Build(Vectors));
        using var others = Random(Count, 2);
        using var fewer = Random(Count - 1, 1);
        Assert.Throws<InvalidDataException>(() => IvfIndex.Open(path, others));
        Assert.Throws<InvalidDataException>(() => IvfIndex.Open(path, fewer));
        Assert.Throws<FileNotFoundException>(() => IvfIndex.Open(path + ".not", Vectors));
    }

    /// <summary>The format as it was when it was fixed: a change of a byte must be meant, and takes another version.</summary>
    [Fact]
    public void The_header_has_its_bytes()
    {
        string path = Save(IvfIndex.Build(Vectors, new IvfOptions { Metric = VectorMetric.Cosine, Lists = 12 }));
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal("4C524349564600000300000001000000280000000C0000004F000000C409000000000000C4090000", Convert.ToHexString(bytes.AsSpan(0, 40)));
        Assert.Equal(80, sizeof(IvfHeader));
        Assert.Equal(80_576, bytes.Length);
    }

    private static string Save(IvfIndex index)
    {
        string path = TempFile.Path("saved.ivf");
        index.Save(path);
        return path;
    }

    private static void Write(string path, byte[] bytes)
    {
        // A mapping of the file before may still be open: another file takes its name.
        string aside = path + ".new";
        File.WriteAllBytes(aside, bytes);
        File.Move(aside, path, overwrite: true);
    }

    private static NpyMatrix<float> Random(int count, int seed)
    {
        var random = new Random(seed);
        return new NpyMatrix<float>([.. Enumerable.Range(0, count * Dimension).Select(_ => (random.NextSingle() * 2) - 1)], Dimension);
    }
}
