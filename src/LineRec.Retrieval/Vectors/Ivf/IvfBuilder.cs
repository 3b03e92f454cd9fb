using System.IO.Hashing;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace LineRec.Retrieval;

/// <summary>Builds the immutable part of an index: learns centroids, divides the vectors into lists, codes what is left of each.</summary>
internal sealed unsafe class IvfBuilder
{
    private readonly NpyMatrix<float> _vectors;
    private readonly IvfOptions _options;
    private readonly CodedSpace _space;
    private readonly int _threads;
    private readonly int[] _rows;      // those that can be coded
    private readonly int[] _oddRows;   // those that can't
    private readonly float _greatestLength;

    /// <param name="vectors">The vectors.</param>
    /// <param name="options">How to build.</param>
    /// <param name="rows">The rows to hold, ascending; null for all.</param>
    /// <param name="space">The space that centroids are in which will be given; null for the vectors' own.</param>
    public IvfBuilder(NpyMatrix<float> vectors, IvfOptions options, int[]? rows = null, CodedSpace? space = null)
    {
        if (options.Iterations < 1) throw new ArgumentException($"k-means needs 1 round or more, not {options.Iterations}.", nameof(options));
        if (options.SampleVectorsPerList < 1) throw new ArgumentException($"k-means needs 1 vector a list or more, not {options.SampleVectorsPerList}.", nameof(options));
        if (options.Lists is < 0 or > 1 << 20) throw new ArgumentException($"An index has 1 to {1 << 20} lists, not {options.Lists}; 0 chooses.", nameof(options));
        (_vectors, _options) = (vectors, options);
        _threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        rows ??= [.. Enumerable.Range(0, vectors.Rows)];
        _space = space ?? new CodedSpace(options.Metric, vectors.Columns, options.Metric == VectorMetric.L2 ? WeightOf(vectors, rows) : 1);
        (_rows, _oddRows, _greatestLength) = Sort(rows);
    }

    /// <summary>Builds.</summary>
    public IvfData Build()
    {
        int lists = Math.Clamp(_options.Lists > 0 ? _options.Lists : (int)(1.25 * Math.Sqrt(_rows.Length)), 1, Math.Max(1, _rows.Length));
        float[] centroids = _rows.Length == 0 ? new float[_space.CodedDimension] : KMeans.Learn(Sample(lists), _space.CodedDimension, lists, _options.Iterations, _threads);
        return Fill(centroids);
    }

    /// <summary>Divides the vectors into the lists of given centroids and codes them.</summary>
    /// <param name="centroids">[lists, coded dimension]; moved to their lists' means.</param>
    public IvfData Fill(float[] centroids)
    {
        int dimension = _space.CodedDimension, lists = centroids.Length / dimension;
        int[] list = Assign(centroids);
        int[] counts = new int[lists];
        foreach (int l in list) counts[l]++;
        int[] offsets = new int[lists + 1];
        for (int l = 0; l < lists; l++) offsets[l + 1] = offsets[l] + counts[l];
        int[] members = new int[_rows.Length];
        int[] next = offsets.AsSpan(0, lists).ToArray();
        for (int i = 0; i < _rows.Length; i++) members[next[list[i]]++] = _rows[i];

        float[] scales = new float[dimension];
        CentreLists(centroids, members, offsets, scales);

        var header = new IvfHeader
        {
            Magic = IvfHeader.ExpectedMagic,
            Version = IvfHeader.CurrentVersion,
            Metric = _space.Metric,
            Dimension = _space.Dimension,
            Lists = lists,
            Blocks = CodeLayout.BlocksOf(_rows.Length),
            Count = _rows.Length,
            OddRows = _oddRows.Length,
            MatrixRows = _vectors.Rows,
            GreatestLength = _greatestLength,
            Weight = _space.Weight,
            VectorsHash = HashOf(_vectors),
        };
        var data = IvfData.Allocate(header);
        scales.CopyTo(new Span<float>(data.Scales, dimension));
        centroids.CopyTo(new Span<float>(data.Centroids, centroids.Length));
        (data.Header->CentroidStep, data.Header->CentroidRadius) = CentroidCoder.Code(centroids, dimension, data.CentroidLayout, new Span<float>(data.CentroidMean, dimension), data.CentroidCodes);
        _oddRows.CopyTo(new Span<int>(data.OddRows, _oddRows.Length));
        offsets.CopyTo(new Span<int>(data.ListStarts, lists + 1));
        new Span<int>(data.Ids, data.Header->Blocks * CodeLayout.BlockVectors)[_rows.Length..].Fill(-1);

        var coder = new IvfListCoder(data, _vectors);
        var radii = new (float High, float Low)[lists];
        Parallel.For(0, lists, new ParallelOptions { MaxDegreeOfParallelism = _threads }, () => new IvfListCoder.Scratch(dimension), (l, _, scratch) =>
        {
            radii[l] = coder.Code(l, members.AsSpan(offsets[l], counts[l]), scratch);
            return scratch;
        }, _ => { });
        for (int l = 0; l < lists; l++) data.ListSizes[l] = counts[l];
        Correlate(data, members, offsets);
        data.Header->HighRadius = Math.Max(1f, radii.Max(r => r.High)) * 1.0001f;
        data.Header->LowRadius = Math.Max(1f, radii.Max(r => r.Low)) * 1.0001f;
        return data;
    }

    /// <summary>The weight with which half the squared length varies as much as a value of the vectors does, from a sample.</summary>
    private static float WeightOf(NpyMatrix<float> vectors, int[] rows)
    {
        int dimension = vectors.Columns, stride = Math.Max(1, rows.Length / 10_000), count = 0;
        var sums = new double[dimension];
        double halves = 0, squaredHalves = 0;
        for (int i = 0; i < rows.Length; i += stride)
        {
            var vector = vectors[rows[i]];
            double half = 0;
            foreach (float value in vector) half += (double)value * value / 2;
            if (!(half < 1e24)) continue;
            for (int j = 0; j < dimension; j++) sums[j] += vector[j];
            (halves, squaredHalves, count) = (halves + half, squaredHalves + (half * half), count + 1);
        }

        double mean = halves / count, ofHalves = Math.Sqrt((squaredHalves / count) - (mean * mean)), ofValues = Math.Sqrt(((2 * mean) - sums.Sum(s => s / count * s / count)) / dimension);
        double weight = ofValues / Math.Max(ofHalves, 1e-3 * mean); // lengths may be the same but for rounding
        return weight is > 1e-9 and < 1e9 ? (float)weight : 1;
    }

    /// <summary>How the scaled rests of <see cref="IvfListModel"/> spread in each direction, over all lists, from a sample.</summary>
    private void Correlate(IvfData data, int[] members, int[] offsets)
    {
        int coded = _space.CodedDimension, dimension = _space.Dimension;
        long samples = Math.Clamp(400_000_000L / dimension / dimension, 1_000, 10_000);
        int stride = (int)Math.Max(1, members.Length / samples);
        float[] rest = new float[coded];
        var scales = new ReadOnlySpan<float>(data.Scales, dimension);
        var sums = new double[coded * coded];
        int count = 0;
        for (int l = 0, i = 0; i < members.Length; i += stride)
        {
            while (i >= offsets[l + 1]) l++;
            if (!(data.RestVariances[l] > 0)) continue;
            float inverse = 1 / MathF.Sqrt(data.RestVariances[l]);
            _space.CodeVector(_vectors[members[i]], rest);
            var vector = rest.AsSpan(0, dimension);
            var mean = new ReadOnlySpan<float>(data.Centroids + ((long)l * coded), dimension);
            float share = TensorPrimitives.Dot(vector, mean) / Math.Max(1e-24f, TensorPrimitives.SumOfSquares(mean));
            for (int j = 0; j < dimension; j++) vector[j] = (vector[j] - (share * mean[j])) / scales[j] * inverse;
            for (int j = 0; j < dimension; j++)
            {
                for (int m = 0; m < dimension; m++) sums[(j * coded) + m] += vector[j] * vector[m];
            }

            count++;
        }

        for (int i = 0; i < sums.Length; i++) data.Correlations[i] = (float)(sums[i] / Math.Max(1, count));
    }

    /// <summary>A hash of up to 1,024 vectors spread over a matrix, and of its shape.</summary>
    public static ulong HashOf(NpyMatrix<float> vectors)
    {
        var hash = new XxHash3();
        hash.Append(MemoryMarshal.AsBytes<int>([vectors.Rows, vectors.Columns]));
        int step = Math.Max(1, vectors.Rows / 1024);
        for (int row = 0; row < vectors.Rows; row += step) hash.Append(MemoryMarshal.AsBytes(vectors[row]));
        return hash.GetCurrentHashAsUInt64();
    }

    private (int[] Coded, int[] Odd, float GreatestLength) Sort(int[] rows)
    {
        List<int> odd = [];
        var coded = new int[rows.Length];
        int count = 0;
        double greatest = 0;
        float[] buffer = new float[_space.CodedDimension];
        foreach (int row in rows)
        {
            if (_space.CodeVector(_vectors[row], buffer))
            {
                coded[count++] = row;
                double square = TensorPrimitives.SumOfSquares(_vectors[row]);
                greatest = Math.Max(greatest, square);
            }
            else
            {
                odd.Add(row);
            }
        }

        return (coded.AsSpan(0, count).ToArray(), [.. odd], (float)Math.Sqrt(greatest) * 1.0001f);
    }

    /// <summary>Vectors for k-means in a random order: a partial shuffle (Fisher-Yates).</summary>
    private float[] Sample(int lists)
    {
        int dimension = _space.CodedDimension;
        int size = (int)Math.Min(_rows.Length, (long)lists * _options.SampleVectorsPerList);
        int[] order = (int[])_rows.Clone();
        var random = new Random((int)(_options.Seed ^ (_options.Seed >> 32)));
        float[] sample = new float[size * dimension];
        for (int i = 0; i < size; i++)
        {
            int j = random.Next(i, order.Length);
            (order[i], order[j]) = (order[j], order[i]);
            _space.CodeVector(_vectors[order[i]], sample.AsSpan(i * dimension, dimension));
        }

        return sample;
    }

    private int[] Assign(float[] centroids)
    {
        const int Chunk = 2048;
        int dimension = _space.CodedDimension;
        int[] list = new int[_rows.Length];
        using var scorer = new CentroidScorer(centroids, dimension);
        Parallel.For(0, (_rows.Length + Chunk - 1) / Chunk, new ParallelOptions { MaxDegreeOfParallelism = _threads }, () => (Scratch: new CentroidScorer.Scratch(scorer), Vector: new float[dimension]), (chunk, _, own) =>
        {
            for (int i = chunk * Chunk; i < Math.Min(_rows.Length, (chunk + 1) * Chunk); i++)
            {
                _space.CodeVector(_vectors[_rows[i]], own.Vector);
                list[i] = scorer.Nearest(own.Vector, own.Scratch, verify: true);
            }

            return own;
        }, _ => { });
        return list;
    }

    /// <summary>Moves centroids to the means of their lists and measures the spread of what is left, a dimension.</summary>
    private void CentreLists(float[] centroids, int[] members, int[] offsets, float[] scales)
    {
        int dimension = _space.CodedDimension, lists = offsets.Length - 1;
        double[][] squares = new double[lists][];
        Parallel.For(0, lists, new ParallelOptions { MaxDegreeOfParallelism = _threads }, () => new float[dimension], (l, _, vector) =>
        {
            double[] sum = new double[dimension], square = new double[dimension];
            for (int i = offsets[l]; i < offsets[l + 1]; i++)
            {
                _space.CodeVector(_vectors[members[i]], vector);
                for (int j = 0; j < dimension; j++)
                {
                    sum[j] += vector[j];
                    square[j] += (double)vector[j] * vector[j];
                }
            }

            int count = offsets[l + 1] - offsets[l];
            for (int j = 0; j < dimension && count > 0; j++)
            {
                centroids[(l * dimension) + j] = (float)(sum[j] / count);
                square[j] = Math.Max(0, square[j] - (sum[j] / count * sum[j]));
            }

            squares[l] = square;
            return vector;
        }, _ => { });

        for (int j = 0; j < dimension; j++)
        {
            // Not less than what rounding makes of values that are all the same: noise must not pass for what is to be coded.
            double total = 0, means = 0;
            for (int l = 0; l < lists; l++)
            {
                total += squares[l][j];
                means += (double)(offsets[l + 1] - offsets[l]) * centroids[(l * dimension) + j] * centroids[(l * dimension) + j];
            }

            double least = 1e-6 * Math.Sqrt(means / Math.Max(1, members.Length));
            scales[j] = (float)Math.Max(Math.Sqrt(total / Math.Max(1, members.Length)), Math.Max(least, 1e-12));
        }
    }
}
