namespace LineRec.Features;

/// <summary>Names the features of the cross block, in order. Not thread-safe.</summary>
public sealed class CrossFeatureBuilder
{
    internal CrossFeatureBuilder()
    {
    }

    internal List<CrossFeature> Features { get; } = [];

    /// <summary>Adds a feature.</summary>
    /// <param name="feature">The feature.</param>
    public CrossFeatureBuilder Add(CrossFeature feature)
    {
        Features.Add(feature);
        return this;
    }

    /// <summary>What each source says of the candidate; see <see cref="SourceScoresFeature"/>.</summary>
    /// <param name="sources">The retrievers' names.</param>
    public CrossFeatureBuilder SourceScores(params string[] sources) => Add(new SourceScoresFeature { Sources = sources });

    /// <summary>What the user did with this very item; see <see cref="OwnHistoryFeature"/>.</summary>
    public CrossFeatureBuilder OwnHistory() => Add(new OwnHistoryFeature());

    /// <summary>What the user did with this very item in the session that goes on; see <see cref="SessionFeature"/>.</summary>
    /// <param name="pause">The pause that ends a session, over zero; null means the default.</param>
    public CrossFeatureBuilder Session(TimeSpan? pause = null) => Add(pause is { } p ? new SessionFeature { Pause = p } : new SessionFeature());

    /// <summary>How much of the history shares the candidate's value of a text column; see <see cref="ShareFeature"/>.</summary>
    /// <param name="column">A text column of the catalog.</param>
    /// <param name="depth">For a path such as "toys/outdoor": how many of its parts count, 1 or more; 0 for all.</param>
    public CrossFeatureBuilder Share(string column, int depth = 0) => Add(new ShareFeature { Column = column, Depth = depth });

    /// <summary>How much of the history is of the candidate's category; see <see cref="ShareFeature"/>.</summary>
    /// <param name="depth">How many parts of the path count, 1 or more; 0 for all.</param>
    public CrossFeatureBuilder CategoryShare(int depth = 0) => Share(CatalogColumns.Category, depth);

    /// <summary>How much of the history is of the candidate's brand; see <see cref="ShareFeature"/>.</summary>
    public CrossFeatureBuilder BrandShare() => Share(CatalogColumns.Brand);

    /// <summary>How much of the history is of the candidate's shop; see <see cref="ShareFeature"/>.</summary>
    public CrossFeatureBuilder ShopShare() => Share(CatalogColumns.Shop);

    /// <summary>The candidate's price against those of the history; see <see cref="PriceRatioFeature"/>.</summary>
    public CrossFeatureBuilder PriceRatio() => Add(new PriceRatioFeature());

    /// <summary>A number's place within the list of candidates; see <see cref="ListContextFeature"/>.</summary>
    /// <param name="column">A number column of the catalog.</param>
    public CrossFeatureBuilder ListContext(string column = CatalogColumns.Price) => Add(new ListContextFeature { Column = column });

    /// <summary>A source's score's place within the list of candidates; see <see cref="ListContextFeature"/>.</summary>
    /// <param name="source">The retriever's name.</param>
    public CrossFeatureBuilder ListContextOfSource(string source) => Add(new ListContextFeature { Source = source });

    /// <summary>A fitted item column's place within the list of candidates; see <see cref="ListContextFeature"/>.</summary>
    /// <param name="column">The item block's column, such as "click_7d".</param>
    public CrossFeatureBuilder ListContextOfItem(string column) => Add(new ListContextFeature { ItemColumn = column });

    /// <summary>How far from the item met last the candidate is in a source's list; see <see cref="ListDistanceFeature"/>.</summary>
    /// <param name="source">The retriever whose scores give the list's order.</param>
    public CrossFeatureBuilder ListDistance(string source) => Add(new ListDistanceFeature { Source = source });

    /// <summary>How long ago the item was listed; see <see cref="AgeFeature"/>.</summary>
    public CrossFeatureBuilder Age() => Add(new AgeFeature());

    /// <summary>Likeness of the candidate's embedding to the anchors', the last item's and the history's; see <see cref="SimilarityFeature"/>.</summary>
    /// <param name="table">The embedding table, row-aligned with the catalog.</param>
    public CrossFeatureBuilder Similarity(string table = "item") => Add(new SimilarityFeature { Table = table });

    /// <summary>The slot in which the candidate was shown, as an input that serving holds constant; see <see cref="PositionFeature"/>.</summary>
    public CrossFeatureBuilder Position() => Add(new PositionFeature());
}
