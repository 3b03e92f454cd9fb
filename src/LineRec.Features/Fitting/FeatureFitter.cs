namespace LineRec.Features;

/// <summary>
/// Fits a <see cref="FeatureSpec"/> to an event log that is streamed through it: counts per item, then means and deviations. Memory grows
/// with items and, where repeats are counted, with distinct pairs of user and item; not with events. Events may come in any order and in any
/// parts: several fitters, on several machines, may each count a part of the log, and <see cref="Merge"/> or <see cref="MergeState"/> makes of them the fit of the whole, bit for bit.
/// </summary>
/// <remarks>
/// Not thread-safe. Counts must end before the events that label training examples, else an item's counts tell of the label: fit up to the start of
/// the training window, train, then fit again up to now as a refresh and serve that.
/// </remarks>
public sealed class FeatureFitter
{
    private readonly FeatureSpec _spec;
    private readonly Catalog _catalog;
    private readonly DateTimeOffset _asOf;
    private readonly long _end;
    private readonly ItemStatistics _statistics;
    private readonly FitterIdentity _identity;
    private long _eventCount;

    /// <summary>Starts a fit.</summary>
    /// <param name="spec">The features.</param>
    /// <param name="catalog">The items that events' rows refer to.</param>
    /// <param name="asOf">Only events strictly before this instant count; recent windows end here.</param>
    /// <exception cref="ArgumentException">A feature is out of range.</exception>
    public FeatureFitter(FeatureSpec spec, Catalog catalog, DateTimeOffset asOf)
    {
        (_spec, _catalog, _asOf, _end) = (spec, catalog, asOf, asOf.ToUnixTimeMilliseconds());
        spec.History.Validate();
        var plan = StatisticsPlan.Of(spec);
        _statistics = new ItemStatistics(catalog, plan, _end);
        _identity = FitterIdentity.Of(spec, catalog, plan, _end);
    }

    /// <summary>How many events were counted.</summary>
    public long EventCount => _eventCount;

    /// <summary>How many events were left out because they aren't before the instant of the fit.</summary>
    public long LaterCount { get; private set; }

    /// <summary>Adds a batch of events. O(events).</summary>
    /// <param name="users">Each event's user as any number that is the user's in every batch, and in every part of the log that is counted elsewhere.</param>
    /// <param name="rows">Each event's catalog row; a negative one (an item that the catalog doesn't hold) is passed over.</param>
    /// <param name="types">Each event's type; impressions too, for rates.</param>
    /// <param name="times">Each event's time in milliseconds since 1970-01-01 UTC, in any order.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or a row or type is out of range.</exception>
    public void Add(ReadOnlySpan<int> users, ReadOnlySpan<int> rows, ReadOnlySpan<EventType> types, ReadOnlySpan<long> times)
    {
        if (rows.Length != users.Length || types.Length != users.Length || times.Length != users.Length)
            throw new ArgumentException($"Users ({users.Length}), rows ({rows.Length}), types ({types.Length}) and times ({times.Length}) must be of equal length.", nameof(users));
        for (int i = 0; i < rows.Length; i++) Add(users[i], rows[i], types[i], times[i]);
    }

    /// <summary>Adds all events of a table; its user numbers are the users, so tables of several parts of a log must list the same users.</summary>
    /// <param name="interactions">The events.</param>
    public void Add(InteractionTable interactions)
    {
        for (int user = 0; user < interactions.UserCount; user++)
        {
            for (int i = interactions.Offsets[user]; i < interactions.Offsets[user + 1]; i++) Add(user, interactions.Rows[i], interactions.Types[i], interactions.Times[i]);
        }
    }

    /// <summary>Adds the counts of another part of the log, of which no event was counted here. O(items × counts + pairs).</summary>
    /// <param name="other">A fitter with the same spec, catalog and instant.</param>
    /// <exception cref="ArgumentException">It has another of these, or is this fitter.</exception>
    public void Merge(FeatureFitter other)
    {
        if (ReferenceEquals(other, this)) throw new ArgumentException("A fitter can't be merged with itself: its events would count twice.", nameof(other));
        _identity.RequireSame(other._identity, "The other fitter");
        _statistics.Add(other._statistics);
        _eventCount += other._eventCount;
        LaterCount += other.LaterCount;
    }

    /// <summary>Saves the counts, for <see cref="MergeState"/> elsewhere or later. The same counts make the same bytes.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    public void SaveState(string path) => FitterStateFile.Save(path, _identity, writer =>
    {
        writer.Write(_eventCount);
        writer.Write(LaterCount);
        _statistics.Write(writer);
    });

    /// <summary>Adds counts that another fitter saved. A damaged file changes nothing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">It was counted with another spec, catalog or instant.</exception>
    /// <exception cref="InvalidDataException">It is damaged or of a newer format.</exception>
    public void MergeState(string path) => FitterStateFile.Read(path, _identity, reader =>
    {
        _eventCount += reader.ReadInt64();
        LaterCount += reader.ReadInt64();
        _statistics.AddFrom(reader);
    });

    /// <summary>Ends the fit. More events may follow, and another fit. O(items × columns).</summary>
    /// <param name="refreshOf">An earlier fit of the same spec that models were trained with: the result takes its place for them, with newer counts and scales (see <see cref="FittedFeatures.Accepts"/>).</param>
    /// <exception cref="ArgumentException">The catalog lacks a column, two columns have one name, or <paramref name="refreshOf"/> has other columns.</exception>
    public FittedFeatures Fit(FittedFeatures? refreshOf = null)
    {
        var (fitted, values) = ItemBlock.Fit(_spec, _statistics);
        return FittedFeatures.Create(_spec, _asOf, _eventCount, fitted, values, _catalog.Count, refreshOf);
    }

    /// <summary>Ends the fit, and fits target encodings out of fold beside it, so that no training example sees its own label in them. O(items × columns × folds).</summary>
    /// <param name="refreshOf">As in <see cref="Fit"/>.</param>
    /// <exception cref="ArgumentException">As in <see cref="Fit"/>; or the spec has no <see cref="TargetRateFeature"/>, or several with unequal folds.</exception>
    public FoldedFeatures FitFolds(FittedFeatures? refreshOf = null)
    {
        int[] folds = [.. _spec.Item.OfType<TargetRateFeature>().Select(f => f.Folds).Distinct()];
        if (folds.Length != 1)
            throw new ArgumentException($"Folds need target encodings that all divide users alike; the spec's have {(folds.Length == 0 ? "none" : string.Join(" and ", folds))}. Add a TargetRateFeature, or give all of them the same Folds.");
        var (fitted, values) = ItemBlock.Fit(_spec, _statistics);
        FittedFeatures[] parts = [.. Enumerable.Range(0, folds[0]).Select(fold =>
        {
            var (columns, block) = ItemBlock.FitWithout(fold, _spec, _statistics, fitted, values);
            return FittedFeatures.Create(_spec, _asOf, _eventCount, columns, block, _catalog.Count, refreshOf);
        })];
        return new FoldedFeatures(FittedFeatures.Create(_spec, _asOf, _eventCount, fitted, values, _catalog.Count, refreshOf, [.. parts.Select(p => p.Fingerprint)]), parts);
    }

    private void Add(int user, int row, EventType type, long time)
    {
        if (row >= _catalog.Count) throw new ArgumentException($"An event has the catalog row {row}; the catalog has {_catalog.Count} items. Translate item ids with this catalog.", nameof(row));
        if ((int)type > (int)EventType.Search) throw new ArgumentException($"An event has the type {(int)type}; the types are 0 to {(int)EventType.Search}.", nameof(type));
        if (row < 0) return;
        if (time >= _end)
        {
            LaterCount++;
            return;
        }

        _eventCount++;
        _statistics.Add(user, row, type, time);
    }
}
