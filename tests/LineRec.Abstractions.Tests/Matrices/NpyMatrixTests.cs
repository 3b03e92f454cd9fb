namespace LineRec.Abstractions.Tests.Matrices;

public sealed class NpyMatrixTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-npy").FullName;

    private string File(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(1000, 17)]
    public void What_is_saved_is_opened_again(int rows, int columns)
    {
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(i => i * 0.5f)];
        using (var matrix = new NpyMatrix<float>(values, columns)) matrix.Save(File("m.npy"));
        using var opened = NpyMatrix<float>.Open(File("m.npy"));
        Assert.Equal((rows, columns), (opened.Rows, opened.Columns));
        for (int r = 0; r < rows; r++) Assert.Equal(values.AsSpan(r * columns, columns), opened[r]);
        Assert.Equal(values, opened.Slice(0, rows).ToArray());
    }

    [Fact]
    public void The_file_is_what_numpy_writes()
    {
        using (var matrix = new NpyMatrix<int>([1, 2, 3, 4, 5, 6], 3)) matrix.Save(File("m.npy"));
        byte[] bytes = System.IO.File.ReadAllBytes(File("m.npy"));
        Assert.Equal("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }", System.Text.Encoding.ASCII.GetString(bytes, 10, 59));
        Assert.Equal(0, (bytes.Length - 24) % 64);
        Assert.Equal((byte)'\n', bytes[^25]);
    }

    [Fact]
    public void A_truncated_file_is_refused_by_name()
    {
        using (var matrix = new NpyMatrix<float>(new float[100], 10)) matrix.Save(File("m.npy"));
        using (var stream = System.IO.File.OpenWrite(File("m.npy"))) stream.SetLength(stream.Length - 4);
        Assert.Contains("m.npy", Assert.Throws<InvalidDataException>(() => NpyMatrix<float>.Open(File("m.npy"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_element_type_is_refused()
    {
        using (var matrix = new NpyMatrix<int>(new int[4], 2)) matrix.Save(File("m.npy"));
        Assert.Contains("'<f4' is needed", Assert.Throws<InvalidDataException>(() => NpyMatrix<float>.Open(File("m.npy"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PAR1 and no npy")]
    [InlineData("\u0093NUMPY")]
    public void What_is_no_npy_file_is_refused(string content)
    {
        System.IO.File.WriteAllBytes(File("m.npy"), System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Throws<InvalidDataException>(() => NpyMatrix<float>.Open(File("m.npy")));
    }

    [Fact]
    public void Any_flipped_byte_of_the_header_is_refused_or_reads_the_same_shape()
    {
        using (var matrix = new NpyMatrix<float>(new float[6], 3)) matrix.Save(File("m.npy"));
        byte[] whole = System.IO.File.ReadAllBytes(File("m.npy"));
        for (int at = 0; at < 128; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x15;
            System.IO.File.WriteAllBytes(File("d.npy"), damaged);
            try
            {
                using var matrix = NpyMatrix<float>.Open(File("d.npy"));
                Assert.Equal(6, matrix.Rows * matrix.Columns);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Rows_outside_and_use_after_disposal_are_refused()
    {
        var matrix = new NpyMatrix<float>(new float[6], 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[2].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Slice(1, 2).Length);
        matrix.Dispose();
        Assert.Throws<ObjectDisposedException>(() => matrix[0].Length);
    }

    [Fact]
    public void A_writer_that_was_given_too_few_values_says_so()
    {
        using var writer = new NpyWriter<float>(File("w.npy"), 2, 3);
        writer.Write(new float[5]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }
}
