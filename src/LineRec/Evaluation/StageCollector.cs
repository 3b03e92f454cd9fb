namespace LineRec;

/// <summary>What the pipeline's stages kept, by case. Cases may be filled in from several threads.</summary>
internal sealed class StageCollector(int caseCount)
{
    private readonly double[] _recalls = new double[caseCount * FunnelProbe.StageCount];
    private readonly int[] _candidates = new int[caseCount * FunnelProbe.StageCount];
    private int _degraded;

    public int Degraded => _degraded;

    public void Set(int index, FunnelProbe probe)
    {
        probe.Recalls.CopyTo(_recalls.AsSpan(index * FunnelProbe.StageCount));
        probe.Candidates.CopyTo(_candidates.AsSpan(index * FunnelProbe.StageCount));
        if (probe.IsDegraded) Interlocked.Increment(ref _degraded);
    }

    public StageRow[] ToRows(string[] names)
    {
        var rows = new StageRow[names.Length];
        for (int stage = 0; stage < rows.Length; stage++)
        {
            double recall = 0, candidates = 0;
            for (int i = stage; i < _recalls.Length; i += FunnelProbe.StageCount)
            {
                recall += _recalls[i];
                candidates += _candidates[i];
            }

            rows[stage] = new StageRow(names[stage], recall / caseCount, candidates / caseCount);
        }

        return rows;
    }
}
