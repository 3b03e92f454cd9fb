namespace LineRec;

/// <summary>A campaign linked to a catalog: whether it applies to an item is one look-up by the code of the item's value.</summary>
/// <remarks>Immutable and thread-safe. A byte a distinct value of the campaign's column.</remarks>
public sealed class CampaignItems
{
    private readonly TextColumn? _column;
    private readonly bool[] _applies = [];

    /// <summary>Links a campaign. O(values of its column × depth of their paths).</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="catalog">The catalog.</param>
    /// <exception cref="ArgumentException">The catalog lacks the campaign's column, or its weight isn't over 0.</exception>
    public CampaignItems(Campaign campaign, Catalog catalog)
    {
        Campaign = campaign;
        if (!(campaign.Weight > 0f) || float.IsInfinity(campaign.Weight))
            throw new ArgumentException($"Campaign '{campaign.Id}' has the weight {campaign.Weight}; it must be finite and over 0 (over 1 lifts, under 1 lowers).");
        if (campaign.Column is null) return;
        _column = catalog.Find<TextColumn>(campaign.Column) ?? throw new ArgumentException(
            $"Campaign '{campaign.Id}' looks at the text column '{campaign.Column}', which the catalog doesn't have. Correct the campaign, or add the column to the items.");
        var values = campaign.Values.ToHashSet(StringComparer.Ordinal);
        bool paths = campaign.Column == CatalogColumns.Category;
        _applies = new bool[_column.Values.Length];
        for (int code = 0; code < _applies.Length; code++) _applies[code] = Matches(_column.Values[code], values, paths);
    }

    /// <summary>The campaign.</summary>
    public Campaign Campaign { get; }

    /// <summary>Whether the campaign applies to an item, whatever the time. A category applies to the paths beneath it as well. O(1).</summary>
    /// <param name="row">The item's row.</param>
    public bool AppliesTo(int row)
    {
        if (_column is null) return true;
        int code = _column.Codes[row];
        return code >= 0 && _applies[code];
    }

    /// <summary>"toys" applies to "toys" and to "toys/outdoor", not to "toyshop".</summary>
    private static bool Matches(string value, HashSet<string> values, bool paths)
    {
        if (values.Contains(value)) return true;
        if (!paths) return false;
        for (int slash = value.LastIndexOf('/'); slash > 0; slash = value.LastIndexOf('/', slash - 1))
        {
            if (values.Contains(value[..slash])) return true;
        }

        return false;
    }
}
