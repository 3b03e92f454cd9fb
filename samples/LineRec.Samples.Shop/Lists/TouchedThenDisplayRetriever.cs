namespace LineRec.Samples.Shop.Lists;

/// <summary>Proposes the page's items: those that the user touched before first, the latest first, then the others in display order. The score is 1 / place.</summary>
internal sealed class TouchedThenDisplayRetriever : IRetriever
{
    public ValueTask RetrieveAsync(RequestContext context, CandidateSink candidates, CancellationToken cancellationToken)
    {
        var anchors = context.Anchors;
        var touched = context.History.Rows;
        int place = 1;
        for (int i = touched.Length - 1; i >= 0; i--)
        {
            if (anchors.Contains(touched[i]) && !touched[(i + 1)..].Contains(touched[i])) candidates.Add(touched[i], 1f / place++);
        }

        foreach (int row in anchors)
        {
            if (!touched.Contains(row)) candidates.Add(row, 1f / place++);
        }

        return ValueTask.CompletedTask;
    }
}
