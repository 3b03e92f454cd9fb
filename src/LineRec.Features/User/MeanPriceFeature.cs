namespace LineRec.Features;

/// <summary>The mean of log(1 + price) over the history's events with a known price, and a flag where there is none.</summary>
public sealed record MeanPriceFeature : UserFeature
{
    internal override UserEncoding Compile(EncoderParts parts)
    {
        parts.Require<NumberColumn>(CatalogColumns.Price, nameof(MeanPriceFeature));
        return new UserEncoding(["user_log_price", "user_log_price_missing"], (request, values) =>
        {
            float mean = request.Summary.MeanLogPrice;
            if (float.IsNaN(mean)) values[1] = 1f;
            else values[0] = mean;
        });
    }
}
