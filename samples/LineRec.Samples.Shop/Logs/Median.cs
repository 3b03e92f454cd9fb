namespace LineRec.Samples.Shop.Logs;

/// <summary>The median of numbers seen one by one.</summary>
internal sealed class Median
{
    private readonly List<float> _values = [];

    public void Add(float value)
    {
        if (float.IsFinite(value)) _values.Add(value);
    }

    /// <summary>The lower middle; NaN where nothing was seen.</summary>
    public float Value
    {
        get
        {
            if (_values.Count == 0) return float.NaN;
            _values.Sort();
            return _values[(_values.Count - 1) / 2];
        }
    }
}
