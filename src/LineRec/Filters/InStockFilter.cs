namespace LineRec;

/// <summary>Keeps back what isn't in stock: as fed by the host, else as in the catalog. An item of unknown stock stays.</summary>
internal sealed class InStockFilter : IFilter
{
    public ValueTask FilterAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        var rows = candidates.Rows;
        for (int i = 0; i < rows.Length; i++)
        {
            float stock = context.Live?.StockOf(context.Catalog, rows[i]) ?? context.Catalog.Stock?[rows[i]] ?? float.NaN;
            if (stock <= 0f) candidates.Remove(i);
        }

        return ValueTask.CompletedTask;
    }
}
