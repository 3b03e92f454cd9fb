namespace LineRec;

/// <summary>Values by case added up by bootstrap unit, in the order in which units first appear.</summary>
internal sealed class UnitSums
{
    private readonly int[] _unitOfCase;

    public UnitSums(IReadOnlyList<EvaluationCase> cases)
    {
        var numbers = new Dictionary<int, int>();
        _unitOfCase = new int[cases.Count];
        for (int i = 0; i < cases.Count; i++)
        {
            if (!numbers.TryGetValue(cases[i].BootstrapUnit, out int number)) numbers.Add(cases[i].BootstrapUnit, number = numbers.Count);
            _unitOfCase[i] = number;
        }

        Counts = new double[numbers.Count];
        foreach (int unit in _unitOfCase) Counts[unit]++;
    }

    /// <summary>How many cases each unit has.</summary>
    public double[] Counts { get; }

    /// <summary>The sums of one system's metrics, [metric][unit].</summary>
    public double[][] SumMetrics(ListCollector lists)
    {
        var sums = new double[ListCollector.MetricCount][];
        for (int metric = 0; metric < sums.Length; metric++)
        {
            sums[metric] = new double[Counts.Length];
            for (int i = 0; i < _unitOfCase.Length; i++) sums[metric][_unitOfCase[i]] += lists.Metrics(i)[metric];
        }

        return sums;
    }
}
