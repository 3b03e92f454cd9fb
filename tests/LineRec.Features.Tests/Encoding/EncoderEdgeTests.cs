namespace LineRec.Features.Tests.Encoding;

public class EncoderEdgeTests
{
    private static readonly DateTimeOffset T0 = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_unknown_user_has_zeros_and_the_flags_that_say_so()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var user = Named(encoder.UserNames, TestShop.User(encoder, shop.Request()));
        Assert.Equal(1f, user["user_history_missing"]);
        Assert.Equal(1f, user["user_history_empty"]);
        Assert.Equal(1f, user["user_log_price_missing"]);
        Assert.Equal(0f, user["user_history_0"]);
        Assert.Equal(0f, user["user_items"]);

        var cross = Cross(encoder, shop.Request(), 7);
        Assert.Equal(1f, cross["own_new"]);
        Assert.Equal(1f, cross["own_not_bought"]);
        Assert.Equal(1f, cross["item_to_history_missing"]);
        Assert.Equal(1f, cross["item_to_last_missing"]);
        Assert.Equal(1f, cross["price_ratio_missing"]);
    }

    [Fact]
    public void An_item_without_category_price_or_listing_raises_the_flags()
    {
        var catalog = new Catalog(["a", "b"],
        [
            TextColumn.Encode(CatalogColumns.Category, [null, "x"]), new NumberColumn(CatalogColumns.Price, [float.NaN, 5f]), new TimeColumn(CatalogColumns.ListedAt, [TimeColumn.Missing, T0.ToUnixTimeMilliseconds()]),
        ]);
        var spec = FeatureSpec.Create(s => s.Item(i => i.CategoryOneHot().LogNumber("price")).Cross(c => c.CategoryShare().PriceRatio().ListContext().Age()));
        using var fitted = new FeatureFitter(spec, catalog, T0).Fit();
        using var encoder = FeatureEncoder.Create(fitted, catalog, _ => null!);
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home" }, new ModelSnapshot(catalog), T0.AddDays(3), 1, 10);
        context.History.Add(1, EventType.Click, T0.ToUnixTimeMilliseconds());

        var missing = Cross(encoder, context, 0);
        Assert.Equal((1f, 1f, 1f, 1f), (missing["category_missing"], missing["price_ratio_missing"], missing["list_price_missing"], missing["age_missing"]));
        var known = Cross(encoder, context, 1);
        Assert.Equal((0f, 0f, 0f, 0f), (known["category_missing"], known["price_ratio_missing"], known["list_price_missing"], known["age_missing"]));
        Assert.Equal(MathF.Log(4f), known["age"], 5);
        Assert.Equal(1f, known["category_share"]);

        Assert.Equal(["category=x", "category:other", "price_log", "price_log_missing"], encoder.ItemNames);
        Assert.Equal([0f, 0f, 0f, 1f], encoder.ItemBlock[0].ToArray());
        Assert.Equal([1f, 0f, 0f, 0f], encoder.ItemBlock[1].ToArray()); // one known price is its own mean
    }

    [Fact]
    public void Own_history_counts_ranks_and_measures_the_gap_between_purchases()
    {
        var shop = new TestShop(2);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        var context = shop.Request();
        void Add(int row, EventType type, double day) => context.History.Add(row, type, TestShop.End.AddDays(day).ToUnixTimeMilliseconds());
        Add(5, EventType.Purchase, -21);
        Add(5, EventType.Purchase, -21); // two pieces of one day are one occasion
        Add(5, EventType.Purchase, -14);
        Add(5, EventType.Purchase, -7);
        Add(9, EventType.Click, -1);

        var bought = Cross(encoder, context, 5);
        Assert.Equal(MathF.Log(5f), bought["own_purchase"], 5);
        Assert.Equal(MathF.Log(4f), bought["own_purchase_days"], 5);
        Assert.Equal(MathF.Log(8f), bought["own_log_gap"], 5);
        Assert.Equal(1f, bought["own_regularity"], 4);
        Assert.Equal(MathF.Log(1f + 7f + (7f / 24f)) - MathF.Log(8f), bought["own_overdue"], 4);
        Assert.Equal(0.5f, bought["own_inverse_recency"]);
        Assert.Equal(0.8f, bought["own_share"], 5);
        var clicked = Cross(encoder, context, 9);
        Assert.Equal(1f, clicked["own_inverse_recency"]);
        Assert.Equal((0f, 1f), (clicked["own_new"], clicked["own_not_bought"]));
        Assert.Equal(1f, Cross(encoder, context, 6)["own_new"]);
    }

    [Fact]
    public void Own_order_rate_counts_the_purchase_days_since_the_first_with_the_item()
    {
        var shop = new TestShop(2);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.OwnHistory())));
        using var encoder = shop.Encoder(fitted);
        var context = shop.Request();
        void Buy(int row, double day) => context.History.Add(row, EventType.Purchase, TestShop.End.AddDays(day).ToUnixTimeMilliseconds());
        Buy(1, -50);
        Buy(5, -40);
        Buy(1, -40);
        Buy(1, -30);
        Buy(5, -20);
        Buy(1, -10);
        var twice = Cross(encoder, context, 5);
        Assert.Equal(0.5f, twice["own_order_rate"]);
        Assert.Equal(MathF.Log(2f), twice["own_orders_since"]);
        var often = Cross(encoder, context, 1);
        Assert.Equal((0.8f, 0f, 1f), (often["own_order_rate"], often["own_orders_since"], often["own_is_last"]));
    }

    [Fact]
    public void Fading_counts_weigh_an_event_by_its_age()
    {
        var shop = new TestShop(2);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.OwnHistory().CategoryShare())));
        using var encoder = shop.Encoder(fitted);
        var context = shop.Request();
        var categories = shop.Catalog.Category!;
        int one = Array.FindIndex(categories.Codes.ToArray(), c => c >= 0);
        int other = Array.FindIndex(categories.Codes.ToArray(), c => c >= 0 && c != categories.Codes[one]);
        void Click(int row, double daysAgo) => context.History.Add(row, EventType.Click, context.Time.AddDays(-daysAgo).ToUnixTimeMilliseconds());
        Click(one, 37);
        Click(one, 30);
        Click(other, 7);
        double Fade(double days, double tau) => Math.Exp(-days / tau);
        var values = Cross(encoder, context, one);
        Assert.Equal(Math.Log(1 + Fade(37, 7) + Fade(30, 7)), values["own_fading_week"], 5);
        Assert.Equal(Math.Log(1 + Fade(37, 30) + Fade(30, 30)), values["own_fading_month"], 5);
        Assert.Equal(Math.Log(1 + Fade(37, 90) + Fade(30, 90)), values["own_fading_quarter"], 5);
        double own = Fade(37, 30) + Fade(30, 30);
        Assert.Equal(own / (own + Fade(7, 30)), values["category_fading_share"], 5);
    }

    [Fact]
    public void Where_the_user_bought_once_the_gap_is_that_of_all_users()
    {
        var catalog = new Catalog(["a", "b"], []);
        var spec = FeatureSpec.Create(s => s.Item(i => i.Repeats()).Cross(c => c.OwnHistory()));
        var fitter = new FeatureFitter(spec, catalog, T0.AddDays(100));
        long[] days = [.. new[] { 0, 10, 20 }.Select(d => T0.AddDays(d).ToUnixTimeMilliseconds())];
        fitter.Add([1, 1, 1], [0, 0, 0], [EventType.Purchase, EventType.Purchase, EventType.Purchase], days);
        using var fitted = fitter.Fit();
        using var encoder = FeatureEncoder.Create(fitted, catalog, _ => null!);
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "home" }, new ModelSnapshot(catalog), T0.AddDays(100), 1, 10);
        context.History.Add(0, EventType.Purchase, T0.AddDays(90).ToUnixTimeMilliseconds());
        context.History.Add(1, EventType.Purchase, T0.AddDays(90).ToUnixTimeMilliseconds());
        Assert.Equal(MathF.Log(11f), Cross(encoder, context, 0)["own_log_gap"], 5);
        Assert.Equal(0f, Cross(encoder, context, 0)["own_overdue"], 5);
        Assert.Equal(1f, Cross(encoder, context, 1)["own_gap_missing"]);
    }

    [Fact]
    public void Equal_scores_of_a_source_have_equal_ranks_and_a_missing_one_has_none()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.SourceScores("two-tower"))));
        using var encoder = shop.Encoder(fitted);
        var candidates = new CandidateTable(TestShop.Sources);
        float[] scores = [3f, 5f, 5f, -10f];
        for (int i = 0; i < scores.Length; i++) candidates.AddOrigin(candidates.Add(i, 0f, 0), 0, scores[i]);
        candidates.Add(9, 0f, 0);
        float[] values = TestShop.Cross(encoder, shop.Request(), candidates);
        float[] Column(string name) => [.. Enumerable.Range(0, 5).Select(i => values[(i * encoder.CrossWidth) + encoder.CrossNames.ToList().IndexOf(name)])];
        Assert.Equal([3f, 5f, 5f, -10f, 0f], Column("two-tower_score"));
        Assert.Equal([0.3f, 0.5f, 0.5f, -1f, 0f], Column("two-tower_relative"));
        Assert.Equal([1f / 3, 1f, 1f, 1f / 4, 0f], Column("two-tower_inverse_rank"));
        Assert.Equal([0f, 0f, 0f, 0f, 1f], Column("two-tower_missing"));
        Assert.Equal([1f, 1f, 1f, 1f, 0f], Column("two-tower_proposed"));
    }

    [Fact]
    public void A_list_places_its_prices_and_one_candidate_is_a_list()
    {
        var catalog = new Catalog(["a", "b", "c"], [new NumberColumn(CatalogColumns.Price, [10f, 20f, 20f])]);
        using var fitted = new FeatureFitter(FeatureSpec.Create(s => s.Cross(c => c.ListContext())), catalog, T0).Fit();
        using var encoder = FeatureEncoder.Create(fitted, catalog, _ => null!);
        var context = new RequestContext();
        context.Begin(new RecommendationRequest { Placement = "list" }, new ModelSnapshot(catalog), T0, 1, 10);
        var candidates = new CandidateTable([]);
        for (int i = 0; i < 3; i++) candidates.Add(i, 0f, 0);
        float[] values = TestShop.Cross(encoder, context, candidates);
        int rank = encoder.CrossNames.ToList().IndexOf("list_price_rank"), lowest = encoder.CrossNames.ToList().IndexOf("list_price_lowest");
        Assert.Equal([0f, 0.5f, 0.5f], Enumerable.Range(0, 3).Select(i => values[(i * encoder.CrossWidth) + rank]));
        Assert.Equal([1f, 0f, 0f], Enumerable.Range(0, 3).Select(i => values[(i * encoder.CrossWidth) + lowest]));
        var one = Cross(encoder, context, 1);
        Assert.Equal((0f, 0f, 1f), (one["list_price_deviations"], one["list_price_rank"], one["list_price_lowest"]));
    }

    [Fact]
    public void A_list_also_places_a_fitted_item_column()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Item(i => i.Counts(EventType.Click)).Cross(c => c.ListContextOfItem("click_count"))));
        using var encoder = shop.Encoder(fitted);
        var candidates = shop.Candidates(new Random(1), TestShop.ItemCount);
        float[] values = TestShop.Cross(encoder, shop.Request(), candidates);
        int highest = Enumerable.Range(0, TestShop.ItemCount).MaxBy(i => values[(i * encoder.CrossWidth) + 3]);
        Assert.Equal(Enumerable.Range(0, TestShop.ItemCount).Max(row => fitted.Items[row][0]), fitted.Items[candidates.Rows[highest]][0]);
        Assert.Contains("no fitted column 'nothing'", Assert.Throws<ArgumentException>(() => shop.Encoder(shop.Fit(FeatureSpec.Create(s => s.Item(i => i.Counts()).Cross(c => c.ListContextOfItem("nothing")))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Distance_in_a_list_is_counted_from_the_newest_item_that_the_list_holds()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.ListDistance("two-tower"))));
        using var encoder = shop.Encoder(fitted);
        var candidates = new CandidateTable(TestShop.Sources);
        for (int i = 0; i < 4; i++) candidates.AddOrigin(candidates.Add(i, 0f, 0), 0, 10f - i); // shown in the order of rows
        var context = shop.Request();
        context.History.Add(1, EventType.Click, TestShop.End.ToUnixTimeMilliseconds());
        context.History.Add(30, EventType.Click, TestShop.End.ToUnixTimeMilliseconds()); // newer, but not in the list
        float[] values = TestShop.Cross(encoder, context, candidates);
        float[] Column(int column) => [.. Enumerable.Range(0, 4).Select(i => values[(i * encoder.CrossWidth) + column])];
        Assert.Equal([-MathF.Log(2f), 0f, MathF.Log(2f), MathF.Log(3f)], Column(0));
        Assert.Equal([0f, 0f, 1f, 0f], Column(1)); // the one just after
        Assert.Equal([1f, 0f, 0f, 0f], Column(2)); // the one just before
        Assert.Equal([0f, 0f, 0f, 0f], Column(3));
        Assert.Equal(1f, TestShop.Cross(encoder, shop.Request(), candidates)[3]);
    }

    [Fact]
    public void A_session_ends_at_a_pause_and_tells_what_was_done_in_it_with_each_candidate()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.Session(TimeSpan.FromMinutes(10)))));
        using var encoder = shop.Encoder(fitted);
        var candidates = new CandidateTable(TestShop.Sources);
        for (int row = 0; row < 4; row++) candidates.Add(row, 0f, 0);
        var context = shop.Request();
        void Happened(int row, EventType type, int secondsAgo) => context.History.Add(row, type, context.UnixMilliseconds - (secondsAgo * 1000));
        Happened(0, EventType.Click, 3000); // before the pause
        Happened(1, EventType.Click, 100);
        Happened(1, EventType.Cart, 90);
        Happened(30, EventType.Click, 60); // no candidate
        Happened(2, EventType.Click, 40);
        Happened(3, EventType.Search, 30); // says nothing of an item, but ends the dwelling on the one before
        Happened(2, EventType.Click, 10);
        float[] values = TestShop.Cross(encoder, context, candidates);
        float Value(int candidate, string column) => values[(candidate * encoder.CrossWidth) + encoder.CrossNames.ToList().IndexOf($"session_{column}")];
        float[] Column(string column) => [.. Enumerable.Range(0, 4).Select(i => Value(i, column))];
        Assert.Equal([0f, MathF.Log(3f), MathF.Log(3f), 0f], Column("events"));
        Assert.Equal([0f, 0.4f, 0.4f, 0f], Column("share"));
        Assert.Equal([0f, MathF.Log(91f), MathF.Log(11f), 0f], Column("since_newest"));
        Assert.Equal([0f, MathF.Log(101f), MathF.Log(41f), 0f], Column("since_first"));
        Assert.Equal([0f, MathF.Log(41f), MathF.Log(21f), 0f], Column("dwell"));
        Assert.Equal([0f, 0.5f, 1f, 0f], Column("inverse_place"));
        Assert.Equal([0f, MathF.Log(2f), 0f, 0f], Column("log_place"));
        Assert.Equal([0f, 0f, MathF.Log(3f), 0f], Column("run"));
        Assert.Equal([0f, 1f, 0f, 0f], Column("carted"));
        Assert.Equal([0f, 1f, 0f, 0f], Column("carted_last"));
        Assert.Equal([0f, 0f, MathF.Log(3f), 0f], Column("since_cart"));
        Assert.Equal([1f, 0f, 0f, 1f], Column("absent"));
        Assert.All(Column("met"), met => Assert.Equal(MathF.Log(3f), met));
        Assert.Equal([1f, 1f, 1f, 1f], Column("last_is_here"));
        Assert.Contains("Pause", Assert.Throws<ArgumentException>(() => shop.Encoder(shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.Session(TimeSpan.Zero)))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Serving_counts_every_candidate_as_in_the_first_slot()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit(FeatureSpec.Create(s => s.Cross(c => c.Position())));
        using var encoder = shop.Encoder(fitted);
        var candidates = shop.Candidates(new Random(1), 2);
        Assert.Equal([0f, 1f, 0f, 1f], TestShop.Cross(encoder, shop.Request(), candidates));
        Assert.Equal([0f, 1f, MathF.Log(4f), 0.25f], TestShop.Cross(encoder, shop.Request(), candidates, [1, 4]));
        var error = Assert.Throws<ArgumentException>(() => TestShop.Cross(encoder, shop.Request(), candidates, [1]));
        Assert.Contains("1 positions were given for 2 candidates", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anchors_show_in_category_flags_and_similarity()
    {
        var shop = new TestShop(1);
        using var fitted = shop.Fit();
        using var encoder = shop.Encoder(fitted);
        int row = Array.FindIndex(shop.Catalog.Category!.Codes.ToArray(), c => c >= 0);
        var cross = Cross(encoder, shop.Request(shop.Catalog.IdOf(row)), row);
        Assert.Equal(1f, cross["category_as_anchor"]);
        Assert.Equal(1f, cross["item_to_anchor"], 5);
        Assert.Equal(1f, Cross(encoder, shop.Request(), row)["item_to_anchor_missing"]);
    }

    [Fact]
    public void A_missing_column_or_a_table_of_another_catalog_is_refused_by_name()
    {
        var shop = new TestShop(1);
        var error = Assert.Throws<ArgumentException>(() => shop.Fit(FeatureSpec.Create(s => s.Item(i => i.LogNumber("margin")))));
        Assert.Contains("number column 'margin'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'price'", error.Message, StringComparison.Ordinal);

        using var fitted = shop.Fit();
        using var small = new NpyMatrix<float>(new float[10], 5);
        var misaligned = Assert.Throws<InvalidOperationException>(() => FeatureEncoder.Create(fitted, shop.Catalog, name => name == "item" ? small : shop.Tables(name)));
        Assert.Contains("the table has 2 rows, the catalog 40 items", misaligned.Message, StringComparison.Ordinal);
        var other = Assert.Throws<ArgumentException>(() => FeatureEncoder.Create(fitted, new TestShop(1, items: 12).Catalog, shop.Tables));
        Assert.Contains("fitted to 40 items; the catalog has 12", other.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, float> Cross(FeatureEncoder encoder, RequestContext context, int row)
    {
        var candidates = new CandidateTable(TestShop.Sources);
        candidates.Add(row, 0f, 0);
        return Named(encoder.CrossNames, TestShop.Cross(encoder, context, candidates));
    }

    private static Dictionary<string, float> Named(IReadOnlyList<string> names, float[] values) =>
        names.Zip(values).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
}
