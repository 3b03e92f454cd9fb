using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LineRec.Recipes;

/// <summary>
/// The combinations that a sweep tries. A trial's combination depends on the seed and its number alone, and each value of it on its setting's range alone: more trials or
/// another range change nothing of the rest. Trial 0 is the configuration as it is, so the best is never worse than that by its own measure.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <param name="settings">The configuration.</param>
/// <param name="ranges">What is tried.</param>
internal sealed class SweepSpace(RecipeSettings settings, IReadOnlyList<SweepRange> ranges)
{
    private const double Unit = 1.0 / (1UL << 53);

    /// <summary>The values that a trial tries, by setting; none for trial 0.</summary>
    public IReadOnlyDictionary<string, string> ValuesOf(int trial)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (trial == 0) return values;
        foreach (var range in ranges) values[range.Setting] = range.At(Place(range.Setting, trial));
        return values;
    }

    /// <summary>The configuration with some values.</summary>
    public RecipeSettings With(IEnumerable<KeyValuePair<string, string>> values)
    {
        var changed = settings;
        foreach (var (name, value) in values) changed = SettingsSchema.All.First(s => s.Name == name).Apply(changed, value)!;
        return changed;
    }

    /// <summary>From 0 to under 1, from a hash: equal on every machine.</summary>
    private double Place(string setting, int trial)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{settings.Seed} {trial} {setting}")));
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * Unit;
    }
}
