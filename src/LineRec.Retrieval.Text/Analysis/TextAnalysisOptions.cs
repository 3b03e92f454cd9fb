namespace LineRec.Retrieval.Text;

/// <summary>How titles and queries are cut into words; both must be cut alike. An immutable value.</summary>
public sealed record TextAnalysisOptions
{
    /// <summary>What cuts Chinese text into words. Default <see cref="ChineseWords.Icu"/>.</summary>
    public ChineseWords Chinese { get; init; }

    /// <summary>Whether traditional characters count as their simplified ones, so that either finds the other. Default true. Needs ICU, as <see cref="ChineseWords.Icu"/> does.</summary>
    public bool TraditionalAsSimplified { get; init; } = true;

    /// <summary>Whether words of Latin letters are cut to their English stems ("shoes" finds "shoe"). Default true.</summary>
    public bool EnglishStems { get; init; } = true;

    internal bool NeedsIcu => TraditionalAsSimplified || Chinese == ChineseWords.Icu;

    internal void Validate()
    {
        const string Owner = nameof(TextAnalysisOptions);
        if (!Enum.IsDefined(Chinese)) throw new ArgumentException($"{Owner}: Chinese is {Chinese}; it must be one of {string.Join(", ", Enum.GetNames<ChineseWords>())}.");
        if (NeedsIcu && IcuText.Fault is { } fault)
        {
            throw new InvalidOperationException(
                $"{Owner}: Chinese is {Chinese} and TraditionalAsSimplified is {TraditionalAsSimplified}, which need ICU4N, and it can't start: {fault.GetBaseException().Message} " +
                "Set <PredefinedCulturesOnly>false</PredefinedCulturesOnly> (or <InvariantGlobalization>false</InvariantGlobalization>) in the host's project, " +
                $"or take {nameof(ChineseWords)}.{nameof(ChineseWords.SmartCn)} with TraditionalAsSimplified = false.",
                fault);
        }
    }
}
