namespace LineRec.Features;

/// <summary>log(1 + days) from the item's listing to the request, and a flag where the listing isn't known. An item listed later counts as new.</summary>
public sealed record AgeFeature : CrossFeature
{
    internal override CrossEncoding Compile(EncoderParts parts)
    {
        var listed = parts.Require<TimeColumn>(CatalogColumns.ListedAt, nameof(AgeFeature));
        return new CrossEncoding(["age", "age_missing"], (request, candidates, to) =>
        {
            var rows = candidates.Rows;
            for (int i = 0; i < rows.Length; i++)
            {
                long since = listed[rows[i]];
                if (since == TimeColumn.Missing) to[i, 1] = 1f;
                else to[i, 0] = LogScale.Days(request.Context.UnixMilliseconds - since);
            }
        });
    }
}
