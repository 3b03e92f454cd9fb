using LineRec.Retrieval.Faiss.Native;

namespace LineRec.Retrieval.Faiss.Tests;

public class FaissErrorTests
{
    [Theory]
    [InlineData("Flat!")]
    [InlineData("IVF,Flat")]
    [InlineData("PQ7")] // 16 isn't a multiple of 7
    public void A_description_that_FAISS_does_not_understand_is_named_with_its_words(string factory)
    {
        var e = Assert.Throws<ArgumentException>(() => FaissIndex.Create(factory, 16));
        Assert.Contains($"'{factory}'", e.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.IsType<FaissException>(e.InnerException).FaissMessage);
    }

    [Fact]
    public void Vectors_of_another_length_are_refused()
    {
        using var index = FaissIndex.Create("Flat", 3);
        index.Add([1f, 2f, 3f]);
        Assert.Contains("aren't whole vectors", Assert.Throws<ArgumentException>(() => index.Add(new float[4])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.Train(new float[4]));
        Assert.Throws<ArgumentException>(() => index.Set(0, new float[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Set(-1, new float[3]));
        Assert.Contains("has 2 values", Assert.Throws<ArgumentException>(() => index.Search(new float[2], new int[1], new float[1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.SearchBatch(new float[4], 1, new int[1], new float[1]));
        Assert.Throws<ArgumentException>(() => index.SearchBatch(new float[6], 1, new int[1], new float[2]));
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void An_index_that_is_not_trained_takes_no_vectors()
    {
        using var index = FaissIndex.Create("IVF2,Flat", 2);
        Assert.False(index.IsTrained);
        Assert.Contains("call Train", Assert.Throws<InvalidOperationException>(() => index.Add(new float[2])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => index.Set(0, new float[2]));
        Assert.Empty(Points.Find(index, [1f, 1f], 3));
        index.Train(Points.Random(100, 2, 1));
        index.Add(new float[2]);
        Assert.Equal((true, 1), (index.IsTrained, index.Count));
    }

    [Fact]
    public void Too_few_vectors_to_train_on_are_FAISSs_own_error()
    {
        using var vectors = new NpyMatrix<float>(Points.Random(5, 4, 1), 4);
        var e = Assert.Throws<FaissException>(() => FaissIndex.Build(vectors, "IVF16,Flat"));
        Assert.Contains("Training 'IVF16,Flat' on 5 vectors", e.Message, StringComparison.Ordinal);
        Assert.Contains("clusters", e.FaissMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_the_index_does_not_have_is_named()
    {
        using var index = FaissIndex.Create("Flat", 4);
        Assert.Contains("'nprobes'", Assert.Throws<ArgumentException>(() => index.SetParameter("nprobes", 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.BuildThreads = 0);
    }

    [Fact]
    public void A_variable_that_names_no_file_is_an_error_that_names_it()
    {
        var e = Assert.Throws<DllNotFoundException>(() => FaissLoader.Load("/no/such/libfaiss_c.so", AppContext.BaseDirectory));
        Assert.Contains("LINEREC_FAISS names '/no/such/libfaiss_c.so'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_names_another_file_is_an_error_that_says_why()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "no library");
            Assert.Contains("can't be loaded", Assert.Throws<DllNotFoundException>(() => FaissLoader.Load(file, AppContext.BaseDirectory)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_library_that_is_nowhere_is_an_error_that_says_what_to_do()
    {
        var e = Assert.Throws<DllNotFoundException>(() => FaissLoader.Load(null, "/no/such/folder", system: false));
        Assert.Contains("/no/such/folder/libfaiss_c.so: no such file", e.Message, StringComparison.Ordinal);
        Assert.Contains("bash eng/native.sh", e.Message, StringComparison.Ordinal);
        Assert.Contains("LINEREC_FAISS", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_tells_what_it_is()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", FaissLibrary.Version);
        Assert.Contains(FaissLibrary.Simd, (string[])["generic", "avx2", "avx512", "neon", "sve"]);
        Assert.Contains("OPTIMIZE", FaissLibrary.CompileOptions, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_from_which_matrices_are_multiplied_can_be_set()
    {
        int before = FaissLibrary.BlasThreshold;
        try
        {
            FaissLibrary.BlasThreshold = before + 1;
            Assert.Equal(before + 1, FaissLibrary.BlasThreshold);
        }
        finally
        {
            FaissLibrary.BlasThreshold = before;
        }
    }
}
