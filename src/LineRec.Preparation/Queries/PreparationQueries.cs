using System.Globalization;
using LineRec.Data;

namespace LineRec.Preparation;

/// <summary>
/// The preparation of a log as queries. Each is one text, in Queries/ of the source, whose header says what goes in and comes out; the same for every engine but for the fragments of <see cref="SqlDialect"/>.
/// Windows of time are inclusive at the start and exclusive at the end; null is no bound.
/// </summary>
public static class PreparationQueries
{
    private static readonly EventType[] Choices = [EventType.Click, EventType.Cart, EventType.Purchase, EventType.Favourite];

    /// <summary>Cuts each user's events into sessions: every event with session_no, session_start_ms and place.</summary>
    /// <param name="events">The log.</param>
    /// <param name="gap">The longest pause within a session, 0 or more; default <see cref="PreparationDefaults.SessionGap"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gap is negative.</exception>
    public static PreparationQuery Sessions(EventLog events, TimeSpan? gap = null)
    {
        var longest = gap ?? PreparationDefaults.SessionGap;
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, TimeSpan.Zero, nameof(gap));
        return new("sessions", d => new() { ["events"] = events.Render(d), ["gap_ms"] = Text((long)longest.TotalMilliseconds) });
    }

    /// <summary>Draws items that a user never chose, for each item that they chose: user_id, item_id, time_ms, draw, negative_item_id.</summary>
    /// <param name="events">The log.</param>
    /// <param name="pool">What is drawn from.</param>
    /// <param name="seed">The seed: the same gives the same draws on every engine, whatever else the log holds.</param>
    /// <param name="draws">How many are wanted for each choice, 1 to <see cref="PreparationDefaults.MaxDraws"/>; those that the user chose themselves are left out.</param>
    /// <param name="types">The event types that are a choice; default: all but impressions and searches.</param>
    /// <param name="from">When the choices begin that negatives are drawn for; what a user chose at any time is never drawn for them.</param>
    /// <param name="to">When these choices end.</param>
    /// <exception cref="ArgumentException">The draws are out of range, or there is no type.</exception>
    public static PreparationQuery Negatives(
        EventLog events, ItemPool pool, ulong seed, int draws = PreparationDefaults.Draws, IReadOnlyList<EventType>? types = null, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, PreparationDefaults.MaxDraws);
        if (types is { Count: 0 }) throw new ArgumentException("No event type is a choice. Name at least one, or null for all but impressions and searches.", nameof(types));
        string names = string.Join(", ", (types ?? Choices).Select(t => $"'{EventTypeNames.Of(t)}'"));
        return new("negatives", d => new(Window(from, to))
        {
            ["events"] = events.Render(d), ["pool"] = pool.Render(d), ["types"] = names, ["seed"] = seed.ToString(CultureInfo.InvariantCulture), ["draws"] = Numbers(d, draws),
        });
    }

    /// <summary>Gives each event the features of its user or item as they were just before it: every event with changed_ms and the history's columns; null where nothing was known.</summary>
    /// <param name="events">The log.</param>
    /// <param name="history">How the features changed; a change at the event's own moment isn't known yet.</param>
    /// <param name="entity">Whose features these are.</param>
    /// <exception cref="ArgumentException">The history has no columns.</exception>
    public static PreparationQuery AsOf(EventLog events, FeatureHistory history, LogEntity entity)
    {
        if (history.Columns.Count == 0) throw new ArgumentException("The history names no columns. Name those with the features.", nameof(history));
        return new("as_of", d => new()
        {
            ["events"] = events.Render(d), ["history"] = history.Render(d), ["entity"] = Column(entity),
            ["columns"] = history.List(d), ["columns_in_order"] = history.List(d, after: " NULLS FIRST"), ["columns_of_versions"] = history.List(d, before: "versions."),
        });
    }

    /// <summary>What each item's impressions came to on each placement: counts, ctr, cvr and the lower end of the ctr's Wilson interval.</summary>
    /// <param name="events">The log.</param>
    /// <param name="from">The first event that counts.</param>
    /// <param name="to">Events at or after it don't count.</param>
    /// <param name="z">The interval's normal quantile, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">z is negative or not finite.</exception>
    public static PreparationQuery PlacementRates(EventLog events, DateTimeOffset? from = null, DateTimeOffset? to = null, double z = WilsonScore.Z95)
    {
        if (!(z >= 0) || double.IsInfinity(z)) throw new ArgumentOutOfRangeException(nameof(z), z, "z must be finite and 0 or more.");
        return new("placement_rates", d => new(Window(from, to)) { ["events"] = events.Render(d), ["z"] = $"'{z.ToString("R", CultureInfo.InvariantCulture)}'" });
    }

    /// <summary>Each user's or item's events by type, each counting 2^(-age / half-life).</summary>
    /// <param name="events">The log.</param>
    /// <param name="entity">Whose.</param>
    /// <param name="asOf">What ages are measured from; events at or after it don't count.</param>
    /// <param name="halfLife">After how long an event counts half, 1 ms or more; default <see cref="PreparationDefaults.HalfLife"/>.</param>
    /// <param name="from">The first event that counts; default <see cref="PreparationDefaults.HalfLives"/> half-lives back, at most <see cref="PreparationDefaults.MaxHalfLives"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The half-life or the start is out of range.</exception>
    public static PreparationQuery DecayedCounts(EventLog events, LogEntity entity, DateTimeOffset asOf, TimeSpan? halfLife = null, DateTimeOffset? from = null)
    {
        long half = (long)(halfLife ?? PreparationDefaults.HalfLife).TotalMilliseconds, now = asOf.ToUnixTimeMilliseconds();
        ArgumentOutOfRangeException.ThrowIfLessThan(half, 1, nameof(halfLife));
        long start = from?.ToUnixTimeMilliseconds() ?? (now - (PreparationDefaults.HalfLives * half));
        if ((Int128)now - start > (Int128)half * PreparationDefaults.MaxHalfLives)
        {
            throw new ArgumentOutOfRangeException(
                nameof(from), from, $"Events count from {from:u}, more than {PreparationDefaults.MaxHalfLives} half-lives before {asOf:u}: the oldest weigh too little to be summed exactly. Start later, or lengthen the half-life.");
        }

        return new("decayed_counts", d => new()
        {
            ["events"] = events.Render(d), ["entity"] = Column(entity), ["as_of_ms"] = Text(now), ["from_ms"] = Text(start), ["half_life_ms"] = Text(half),
        });
    }

    /// <summary>Counts each user's or item's events by type, the items a user met or the users an item met, days, the first and the last time.</summary>
    /// <param name="events">The log.</param>
    /// <param name="entity">Whose.</param>
    /// <param name="from">The first event that counts.</param>
    /// <param name="to">Events at or after it don't count.</param>
    public static PreparationQuery Counters(EventLog events, LogEntity entity, DateTimeOffset? from = null, DateTimeOffset? to = null) => new("counters", d => new(Window(from, to))
    {
        ["events"] = events.Render(d), ["entity"] = Column(entity), ["partner"] = Column(entity == LogEntity.User ? LogEntity.Item : LogEntity.User),
    });

    /// <summary>How each user's or item's counts grew, a row a moment with events: the <see cref="FeatureHistory"/> of impressions, clicks, carts and purchases for <see cref="AsOf"/>.</summary>
    /// <param name="events">The log.</param>
    /// <param name="entity">Whose.</param>
    public static PreparationQuery CounterHistory(EventLog events, LogEntity entity) => new("counter_history", d => new() { ["events"] = events.Render(d), ["entity"] = Column(entity) });

    private static Dictionary<string, string> Window(DateTimeOffset? from, DateTimeOffset? to) => new()
    {
        ["from_ms"] = Text((from ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds()), ["to_ms"] = Text((to ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds()),
    };

    private static string Column(LogEntity entity) => entity == LogEntity.User ? "user_id" : "item_id";

    // A negative number in brackets, so that no minus meets another and begins a comment.
    private static string Text(long number) => number < 0 ? $"({number.ToString(CultureInfo.InvariantCulture)})" : number.ToString(CultureInfo.InvariantCulture);

    // No engine's own function for a series of numbers is understood by another.
    private static string Numbers(SqlDialect dialect, int count) =>
        $"({string.Join(" UNION ALL ", Enumerable.Range(0, count).Select(n => $"SELECT CAST({Text(n)} AS {dialect.Fragment("bigint", "")}) AS draw"))})";
}
