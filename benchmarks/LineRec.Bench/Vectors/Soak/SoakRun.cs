using System.Diagnostics;
using LineRec.Retrieval;
using Spectre.Console;

namespace LineRec.Bench.Vectors;

/// <summary>
/// A writer adds, changes and removes vectors, compacts, and swaps the index for one that was saved and opened; searchers compare each answer with brute force at every version that the search can have seen.
/// </summary>
internal sealed class SoakRun(int rows, TimeSpan length)
{
    private const int Dimension = 32, K = 20, Searchers = 2, ChangesASwap = 3_000, ChangesACompaction = 700;
    private const double RecallFloor = 0.9;

    private readonly MadeSetOptions _made = MadeSetOptions.Parse($"{rows}x{Dimension}:hard") with { Queries = 500 };
    private readonly string _folder = Directory.CreateTempSubdirectory("linerec-soak-").FullName;
    private readonly Lock _tally = new();
    private SoakSnapshot _snapshot = null!;
    private SoakModel _model = null!;
    private long _exact, _wrong, _probed, _changes;
    private double _recall;
    private int _compactions, _swaps;

    public SoakReport Run()
    {
        var (vectors, queries) = MadeSet.Make(_made);
        long start = Stopwatch.GetTimestamp();
        var memory = new List<long>();
        using (queries)
        {
            _model = new SoakModel(vectors, rows + (rows / 4));
            _snapshot = new SoakSnapshot(IvfIndex.Build(vectors), vectors);
            bool IsOver() => Stopwatch.GetElapsedTime(start) > length;
            Task[] work =
            [
                Task.Run(() => ChangeAsync(queries, IsOver)),
                .. Enumerable.Range(0, Searchers).Select(s => Task.Run(() => Search(queries, s, IsOver))),
            ];
            while (!Task.WhenAll(work).Wait(TimeSpan.FromSeconds(Math.Max(0.2, length.TotalSeconds / 60))))
            {
                GC.Collect();
                memory.Add(Environment.WorkingSet >> 20);
                AnsiConsole.WriteLine(FormattableString.Invariant($"[{Stopwatch.GetElapsedTime(start).TotalSeconds,5:0} s] {_exact:N0} exact searches, {_wrong} wrong, {_changes:N0} changes, {_swaps} swaps, {memory[^1]} MB"));
                if (work.FirstOrDefault(t => t.IsFaulted) is { } failed) failed.GetAwaiter().GetResult();
            }
        }

        _snapshot.Release();
        Directory.Delete(_folder, recursive: true);
        return new SoakReport
        {
            Minutes = Stopwatch.GetElapsedTime(start).TotalMinutes,
            ExactSearches = _exact,
            WrongAnswers = _wrong,
            ProbedSearches = _probed,
            Recall = _recall / Math.Max(1, _probed),
            RecallFloor = RecallFloor,
            Changes = _changes,
            Compactions = _compactions,
            Swaps = _swaps,
            MemoryMb = memory,
        };
    }

    private async Task ChangeAsync(NpyMatrix<float> queries, Func<bool> isOver)
    {
        var random = new SplitMix(3);
        Task compaction = Task.CompletedTask;
        for (int n = 1; !isOver(); n++)
        {
            int row = (int)(random.Uniform() * (rows + (rows / 4)));
            if (random.Uniform() < 0.4)
            {
                _model.Change(row, null, () => _snapshot.Index.Remove(row));
            }
            else
            {
                float[] vector = [.. queries[(int)(random.Uniform() * queries.Rows)].ToArray().Select(x => x + (float)((random.Uniform() - 0.5) * 0.3))];
                _model.Change(row, vector, () => _snapshot.Index.Set(row, vector));
            }

            Interlocked.Increment(ref _changes);
            if (n % ChangesASwap == 0)
            {
                await compaction;
                await SwapAsync();
            }
            else if (n % ChangesACompaction == 0)
            {
                await compaction;
                compaction = _snapshot.Index.CompactAsync(); // changes go on meanwhile
                _compactions++;
            }

            if (n % 4 == 0) await Task.Delay(1);
        }

        await compaction;
    }

    /// <summary>Saves index and vectors, opens both, and lets the opened ones take over; searches under way end on the old ones.</summary>
    private async Task SwapAsync()
    {
        var old = _snapshot.Index;
        await old.CompactAsync();
        string vectors = Path.Combine(_folder, $"{_swaps}.npy"), index = Path.Combine(_folder, $"{_swaps}.ivf");
        old.Vectors.Save(vectors);
        old.Save(index);
        var matrix = NpyMatrix<float>.Open(vectors);
        Interlocked.Exchange(ref _snapshot, new SoakSnapshot(IvfIndex.Open(index, matrix), matrix)).Release();
        File.Delete(vectors); // mapped as long as it is needed
        File.Delete(index);
        _swaps++;
    }

    private void Search(NpyMatrix<float> queries, int searcher, Func<bool> isOver)
    {
        for (int n = searcher; !isOver(); n += Searchers)
        {
            float[] query = queries[n % queries.Rows].ToArray();
            var snapshot = Volatile.Read(ref _snapshot);
            if (!snapshot.TryTake()) continue; // swapped between being read and being taken: the next one answers
            try
            {
                int before = _model.Ended;
                ulong[] exact = SoakModel.Keys(snapshot.Index.With(IvfProbe.Exact), query, K, null);
                int after = _model.Started;
                bool right = false;
                for (int version = before; version <= after && !right; version++) right = _model.Answer(query, K, version).AsSpan().SequenceEqual(exact);

                before = _model.Ended;
                ulong[] probed = SoakModel.Keys(snapshot.Index.With(new IvfProbe { LeastChance = 0.0005f, RefineFactor = 1.5f }), query, K, null);
                double recall = (double)_model.Answer(query, K, before).Intersect(probed).Count() / K;
                lock (_tally)
                {
                    _exact++;
                    _probed++;
                    _recall += recall;
                    if (!right) _wrong++;
                }
            }
            finally
            {
                snapshot.Release();
            }
        }
    }
}
