namespace LineRec.Features;

/// <summary>Names of columns, and the clear messages where a feature's column isn't there.</summary>
internal static class FeatureNames
{
    internal static string Of(EventType type) => type switch
    {
        EventType.Impression => "impression",
        EventType.Click => "click",
        EventType.Cart => "cart",
        EventType.Purchase => "purchase",
        EventType.Favourite => "favourite",
        EventType.Search => "search",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such event type."),
    };

    internal static TColumn Require<TColumn>(Catalog catalog, string name, string feature)
        where TColumn : CatalogColumn => catalog.Find<TColumn>(name) ?? throw new ArgumentException(
            $"{feature} needs the {Kind<TColumn>()} column '{name}'; the catalog has {(catalog.Columns.Count == 0 ? "no columns" : string.Join(", ", catalog.Columns.Select(c => $"'{c.Name}'").Order(StringComparer.Ordinal)))}. Add the column to the items, or leave the feature out of the spec.");

    internal static void RequireDistinct(IEnumerable<string> names, string block)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name)) throw new ArgumentException($"The {block} block has two columns named '{name}'. Leave one of the features out of the spec.");
        }
    }

    private static string Kind<TColumn>() => typeof(TColumn) == typeof(TextColumn) ? "text" : typeof(TColumn) == typeof(NumberColumn) ? "number" : "time";
}
