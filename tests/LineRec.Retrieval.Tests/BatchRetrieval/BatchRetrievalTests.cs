namespace LineRec.Retrieval.Tests;

public sealed class BatchRetrievalTests : IDisposable
{
    private const int Users = 1_037;
    private const int Items = 400;
    private const int Dimension = 8;
    private const int K = 7;

    private readonly NpyMatrix<float> _items = Random(Items, seed: 1);
    private readonly NpyMatrix<float> _users = Random(Users, seed: 2);
    private readonly FolderOfParts _folder = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_user_gets_what_a_search_answers(int threads)
    {
        var index = new FlatIndex(_items);
        Job(_folder, Options(threads)).Run(_users, _folder.Path);
        int seen = 0;
        foreach (string file in Directory.GetFiles(_folder.Path, "*.bin"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            int first = BitConverter.ToInt32(bytes), count = (bytes.Length - 4) / (K * 8);
            seen += count;
            for (int user = 0; user < count; user++)
            {
                var (rows, scores) = (new int[K], new float[K]);
                index.Search(_users[first + user], rows, scores);
                Assert.Equal(rows, Enumerable.Range(0, K).Select(i => BitConverter.ToInt32(bytes, 4 + (((user * K) + i) * 4))));
                Assert.Equal(scores, Enumerable.Range(0, K).Select(i => BitConverter.ToSingle(bytes, 4 + (((count * K) + (user * K) + i) * 4))));
            }
        }

        Assert.Equal(Users, seen);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 4)]
    [InlineData(3, 5)]
    public void A_run_that_dies_within_a_file_ends_with_the_same_files_when_it_is_run_again(int threads, int filesBefore)
    {
        Job(_folder, Options(threads)).Run(_users, _folder.Path);
        var whole = _folder.Content;
        using var killed = new FolderOfParts { DiesAfter = filesBefore };
        Assert.Throws<IOException>(() => Job(killed, Options(threads)).Run(_users, killed.Path));
        Assert.Contains(Directory.GetFiles(killed.Path), f => f.EndsWith(".partial", StringComparison.Ordinal));
        Assert.Equal(filesBefore, Directory.GetFiles(killed.Path, "*.bin").Length);

        var told = new List<BatchRetrievalProgress>();
        Job(killed.Again(), Options(threads)).Run(_users, killed.Path, new Listener(told));
        Assert.Equal(whole, killed.Content);
        Assert.All(told, p => Assert.Equal((filesBefore * 100, Users), (p.Resumed, p.Total)));
        Assert.Equal(Users, told[^1].Done);
        Assert.Equal(11 - filesBefore, told.Count);
    }

    [Fact]
    public void A_second_run_does_nothing_anew()
    {
        Job(_folder, Options()).Run(_users, _folder.Path);
        var whole = _folder.Content;
        Job(_folder.Again(diesAfter: 0), Options()).Run(_users, _folder.Path);
        Assert.Equal(whole, _folder.Content);
    }

    [Fact]
    public void Block_size_and_threads_change_no_answer()
    {
        Job(_folder, Options(threads: 1)).Run(_users, _folder.Path);
        using var other = new FolderOfParts();
        var options = Options(threads: 4);
        options.BlockSize = 13;
        Job(other, options).Run(_users, other.Path);
        Assert.Equal(_folder.Content, other.Content);
    }

    [Fact]
    public void Items_that_are_not_eligible_are_not_found()
    {
        var options = Options();
        options.Eligible = new RowSet(Items, [3, 5, 8]);
        Job(_folder, options).Run(_users, _folder.Path);
        byte[] bytes = File.ReadAllBytes(Directory.GetFiles(_folder.Path, "*.bin").Order().First());
        int[] rows = [.. Enumerable.Range(0, K).Select(i => BitConverter.ToInt32(bytes, 4 + (i * 4)))];
        Assert.Equal([3, 5, 8], rows[..3].Order());
        Assert.All(rows[3..], r => Assert.Equal(-1, r));
    }

    [Fact]
    public void A_folder_of_another_batch_is_not_continued()
    {
        Job(_folder, Options()).Run(_users, _folder.Path);
        var other = Options();
        other.Fingerprint = "model 2";
        var e = Assert.Throws<InvalidOperationException>(() => Job(_folder, other).Run(_users, _folder.Path));
        Assert.Contains("fingerprint", e.Message, StringComparison.Ordinal);
        Assert.Contains("model 2", e.Message, StringComparison.Ordinal);
        other = Options();
        other.K++;
        Assert.Throws<InvalidOperationException>(() => Job(_folder, other).Run(_users, _folder.Path));
        File.WriteAllText(Path.Combine(_folder.Path, "batch.json"), "{ \"queries\": ");
        Assert.Throws<InvalidDataException>(() => Job(_folder, Options()).Run(_users, _folder.Path));
    }

    [Fact]
    public void Cancelling_stops_between_searches_and_leaves_what_is_complete()
    {
        using var source = new CancellationTokenSource();
        var stopping = new Stopping(source, after: 3);
        Assert.Throws<OperationCanceledException>(() => Job(_folder, Options(threads: 1)).Run(_users, _folder.Path, stopping, source.Token));
        Assert.Equal(3, Directory.GetFiles(_folder.Path, "*.bin").Length);
    }

    [Fact]
    public void Wrong_input_is_refused()
    {
        using var narrow = new NpyMatrix<float>(new float[30], 3);
        Assert.Throws<ArgumentException>(() => Job(_folder, Options()).Run(narrow, _folder.Path));
        foreach (var change in (Action<BatchRetrievalOptions>[])[o => o.K = 0, o => o.PartSize = 0, o => o.BlockSize = 0, o => o.Threads = 0, o => (o.PartSize, o.K) = (int.MaxValue, 2)])
        {
            var options = Options();
            change(options);
            Assert.Throws<ArgumentOutOfRangeException>(() => Job(_folder, options));
        }
    }

    [Fact]
    public void No_users_give_no_files()
    {
        using var nobody = new NpyMatrix<float>([], Dimension);
        Job(_folder, Options()).Run(nobody, _folder.Path);
        Assert.Equal(["batch.json"], _folder.Content.Keys);
    }

    public void Dispose()
    {
        _items.Dispose();
        _users.Dispose();
        _folder.Dispose();
    }

    private static BatchRetrievalOptions Options(int threads = 2) => new() { K = K, PartSize = 100, BlockSize = 30, Threads = threads };

    private BatchRetrieval Job(IBatchPartWriter writer, BatchRetrievalOptions options) => new(new FlatIndex(_items), writer, options);

    private static NpyMatrix<float> Random(int rows, int seed)
    {
        var random = new Random(seed);
        return new NpyMatrix<float>([.. Enumerable.Range(0, rows * Dimension).Select(_ => (float)(random.NextDouble() - 0.5))], Dimension);
    }

    private sealed class Listener(List<BatchRetrievalProgress> told) : IProgress<BatchRetrievalProgress>
    {
        public void Report(BatchRetrievalProgress value) => told.Add(value);
    }

    private sealed class Stopping(CancellationTokenSource source, int after) : IProgress<BatchRetrievalProgress>
    {
        private int _told;

        public void Report(BatchRetrievalProgress value)
        {
            if (++_told == after) source.Cancel();
        }
    }
}
