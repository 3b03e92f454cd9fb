namespace LineRec.Tests.Bundles;

public sealed class BundlePublishingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Until_it_is_published_readers_see_the_version_before()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var writer = SmallBundle.Write(_folder.Path, "v2");
        Assert.Equal("v1", OpenVersion());
        writer.Publish();
        Assert.Equal("v2", OpenVersion());
        Assert.Equal(["v1", "v2"], BundleRoot.GetVersions(_folder.Path));
    }

    [Fact]
    public void A_version_can_be_published_before_hosts_are_to_follow()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using var writer = SmallBundle.Write(_folder.Path, "v2");
        writer.Publish(makeCurrent: false);
        Assert.Equal("v1", OpenVersion());
        Assert.Equal(["v1", "v2"], BundleRoot.GetVersions(_folder.Path));
        BundleRoot.SetCurrent(_folder.Path, "v2");
        Assert.Equal("v2", OpenVersion());
    }

    [Fact]
    public void A_refused_publication_leaves_the_version_before_current_and_nothing_behind()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        using (var writer = SmallBundle.Write(_folder.Path, "v2"))
        {
            SmallBundle.WriteMatrix(writer, "items.npy", new float[2], 2);
            Assert.Throws<BundleException>(() => writer.Publish());
        }

        Assert.Equal("v1", OpenVersion());
        Assert.Equal(["current", "v1"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_a_crashed_writer_left_is_ignored_and_can_be_removed()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        var crashed = SmallBundle.Write(_folder.Path, "v2"); // never disposed: its process is gone
        var old = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal("v1", OpenVersion());
        Assert.Equal(["v1"], BundleRoot.GetVersions(_folder.Path));
        Assert.Equal(0, BundleRoot.RemoveLeftovers(_folder.Path, before: old));
        Directory.SetLastWriteTimeUtc(crashed.Directory, old.UtcDateTime.AddDays(-1));
        Assert.Equal(1, BundleRoot.RemoveLeftovers(_folder.Path, before: old));
        Assert.False(Directory.Exists(crashed.Directory));
    }

    [Fact]
    public void A_crash_between_the_rename_and_the_pointer_leaves_the_version_before_current()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        SmallBundle.Publish(Path.Combine(_folder.Path, "elsewhere"), "v2");
        Directory.Move(Path.Combine(_folder.Path, "elsewhere", "v2"), Path.Combine(_folder.Path, "v2"));

        Assert.Equal("v1", OpenVersion());
        BundleRoot.SetCurrent(_folder.Path, "v2");
        Assert.Equal("v2", OpenVersion());
    }

    [Fact]
    public void A_published_version_never_changes()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        Assert.Contains("exists already", Assert.Throws<BundleException>(() => BundleWriter.Create(_folder.Path, "v1")).Message);
    }

    [Fact]
    public void Going_back_is_making_an_older_version_current()
    {
        SmallBundle.Publish(_folder.Path, "v1");
        SmallBundle.Publish(_folder.Path, "v2");
        BundleRoot.SetCurrent(_folder.Path, "v1");
        Assert.Equal("v1", OpenVersion());
        Assert.Contains("Published are: v1, v2", Assert.Throws<BundleException>(() => BundleRoot.SetCurrent(_folder.Path, "v3")).Message);
        Assert.Throws<BundleException>(() => BundleRoot.SetCurrent(_folder.Path, "../v1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("current")]
    [InlineData("v 1")]
    public void A_version_is_a_plain_name(string version) => Assert.Throws<BundleException>(() => BundleWriter.Create(_folder.Path, version));

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData(".x")]
    [InlineData("")]
    public void A_file_is_written_inside_the_bundle_only(string name)
    {
        using var writer = BundleWriter.Create(_folder.Path, "v1");
        Assert.Throws<BundleException>(() => writer.PathOf(name));
    }

    [Fact]
    public async Task Of_writers_of_one_version_one_publishes_and_the_others_are_refused()
    {
        var writers = Enumerable.Range(0, 4).Select(_ => SmallBundle.Write(_folder.Path, "v1")).ToArray();
        using var together = new Barrier(writers.Length);
        var outcomes = await Task.WhenAll(writers.Select(writer => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                try
                {
                    writer.Publish();
                    return "published";
                }
                catch (BundleException e)
                {
                    return e.Problem;
                }
                finally
                {
                    writer.Dispose();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(outcomes, "published");
        Assert.Equal(3, outcomes.Count(o => o.Contains("exists already")));
        Assert.Equal("v1", OpenVersion());
        Assert.Equal(["current", "v1"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Readers_open_a_whole_bundle_at_any_moment_of_concurrent_publications()
    {
        SmallBundle.Publish(_folder.Path, "v0");
        var publishing = Task.WhenAll(Enumerable.Range(0, 2).Select(w => Task.Run(() =>
        {
            for (int i = 0; i < 10; i++) SmallBundle.Publish(_folder.Path, $"w{w}-{i}");
        })));

        int opened = 0;
        do
        {
            using var snapshot = BundleReader.Open(_folder.Path);
            Assert.Equal(4, snapshot.Catalog.Count);
            opened++;
        }
        while (!publishing.IsCompleted);

        await publishing;
        Assert.True(opened > 1);
        Assert.Equal(21, BundleRoot.GetVersions(_folder.Path).Count);
        Assert.Matches("^w[01]-9$", OpenVersion());
    }

    private string OpenVersion()
    {
        using var snapshot = BundleReader.Open(_folder.Path);
        return snapshot.Version;
    }
}
