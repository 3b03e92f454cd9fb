namespace LineRec.Bench.TwoTower;

/// <summary>Which dense features an item tower reads.</summary>
[Flags]
internal enum AblationFeatures
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The price, where the log has prices.</summary>
    Price = 1,

    /// <summary>Counts, recent counts, repeats and conversion: nothing that a new item has.</summary>
    Counts = 2,

    /// <summary>The most frequent words of titles, a column each.</summary>
    Words = 4,

    /// <summary>Titles as vectors of a language model.</summary>
    Titles = 8,

    /// <summary>The category, a column each.</summary>
    Category = 16,

    /// <summary>What is known of a new item without its title.</summary>
    Attributes = Price | Category,

    /// <summary>What every tower reads that isn't about something else.</summary>
    Side = Price | Counts,
}
