namespace LineRec.Features;

/// <summary>log(1 + price) of the candidate less the mean of the history's, its magnitude, and a flag where either is missing.</summary>
public sealed record PriceRatioFeature : CrossFeature
{
    internal override CrossEncoding Compile(EncoderParts parts)
    {
        var price = parts.Require<NumberColumn>(CatalogColumns.Price, nameof(PriceRatioFeature));
        return new CrossEncoding(["price_ratio", "price_distance", "price_ratio_missing"], (request, candidates, to) =>
        {
            var rows = candidates.Rows;
            float mean = request.Summary.MeanLogPrice;
            for (int i = 0; i < rows.Length; i++)
            {
                float ratio = LogScale.Signed(price[rows[i]]) - mean;
                if (float.IsNaN(ratio)) to[i, 2] = 1f;
                else (to[i, 0], to[i, 1]) = (ratio, Math.Abs(ratio));
            }
        });
    }
}
