namespace LineRec.Rerank;

/// <summary>
/// Weights the scores of items in campaigns that run at the request's time, then sorts. A score of 0 or more is multiplied with the
/// weight, a negative one divided by it, so that a weight over 1 lifts either; several campaigns on one item multiply. Where no running
/// campaign applies to any candidate, nothing is touched.
/// </summary>
/// <remarks>
/// Thread-safe. O(candidates × running campaigns), no allocation; a campaign takes a byte a distinct value of its column. Sorting keeps the
/// rules that other re-rankers of this package have set, but not the order that a re-ranker of another kind gave without changing scores: name
/// such a one after this. A category applies to the paths beneath it as well.
/// </remarks>
public sealed class CampaignsReRanker : IReRanker
{
    private readonly CampaignItems[] _campaigns;

    /// <summary>Creates the re-ranker.</summary>
    /// <param name="campaigns">Campaigns, past and coming ones too.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <exception cref="ArgumentException">The catalog lacks a campaign's column, or a campaign's weight isn't over 0.</exception>
    public CampaignsReRanker(IEnumerable<Campaign> campaigns, Catalog catalog, CampaignsOptions? options = null)
    {
        options ??= new CampaignsOptions();
        _campaigns =
        [
            .. from campaign in campaigns
               where options.Kinds.Count == 0 || options.Kinds.Contains(campaign.Kind)
               select new CampaignItems(campaign, catalog),
        ];
    }

    /// <inheritdoc/>
    public ValueTask ReRankAsync(RequestContext context, CandidateTable candidates, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        bool changed = false;
        var rows = candidates.Rows;
        var scores = candidates.Scores;
        foreach (var items in _campaigns)
        {
            if (!items.Campaign.IsActiveAt(context.Time)) continue;
            float weight = items.Campaign.Weight;
            for (int i = 0; i < rows.Length; i++)
            {
                if (!items.AppliesTo(rows[i])) continue;
                scores[i] = scores[i] < 0f ? scores[i] / weight : scores[i] * weight;
                changed = true;
            }
        }

        if (!changed) return ValueTask.CompletedTask;
        candidates.Sort();
        SlateRules.Of(context).Settle(context, candidates);
        return ValueTask.CompletedTask;
    }
}
