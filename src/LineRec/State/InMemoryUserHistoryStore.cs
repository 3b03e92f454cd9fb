using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace LineRec;

/// <summary>
/// Users' events in memory. It survives bundle swaps: items are kept by id and translated to the catalog's rows when read.
/// </summary>
/// <remarks>Thread-safe. 13 bytes an event beside the ids. Impressions are not kept.</remarks>
public sealed class InMemoryUserHistoryStore : IUserHistoryStore
{
    private readonly ConcurrentDictionary<string, UserEvents> _users = new(StringComparer.Ordinal);
    private readonly ItemHandles _items = new();
    private readonly ConditionalWeakTable<Catalog, RowsOfHandles> _rows = [];
    private readonly int _maxEventsPerUser;

    /// <summary>Creates an empty store.</summary>
    /// <param name="maxEventsPerUser">How many of a user's newest events are kept, 1 or more. Default 10,000.</param>
    public InMemoryUserHistoryStore(int maxEventsPerUser = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxEventsPerUser);
        _maxEventsPerUser = maxEventsPerUser;
    }

    /// <summary>How many users have events.</summary>
    public int UserCount => _users.Count;

    /// <inheritdoc/>
    public void Append(in UserEvent userEvent)
    {
        ArgumentException.ThrowIfNullOrEmpty(userEvent.UserId);
        ArgumentException.ThrowIfNullOrEmpty(userEvent.ItemId);
        if (userEvent.Type == EventType.Impression) return;
        var events = _users.GetOrAdd(userEvent.UserId, static _ => new UserEvents());
        events.Insert(_items.Of(userEvent.ItemId), userEvent.Type, userEvent.Time.ToUnixTimeMilliseconds(), _maxEventsPerUser);
    }

    /// <summary>Appends many events: a log at start-up, say. O(events).</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="catalog">The catalog that their rows belong to.</param>
    public void Load(InteractionTable interactions, Catalog catalog)
    {
        for (int user = 0; user < interactions.UserCount; user++)
        {
            for (int i = interactions.Offsets[user]; i < interactions.Offsets[user + 1]; i++)
            {
                if (interactions.Types[i] == EventType.Impression) continue;
                var events = _users.GetOrAdd(interactions.UserIds[user], static _ => new UserEvents());
                events.Insert(_items.Of(catalog.IdOf(interactions.Rows[i])), interactions.Types[i], interactions.Times[i], _maxEventsPerUser);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(string userId, Catalog catalog, DateTimeOffset before, UserHistory history, CancellationToken cancellationToken)
    {
        if (_users.TryGetValue(userId, out var events))
        {
            if (!_rows.TryGetValue(catalog, out var rows)) rows = AddRows(catalog);
            events.Read(rows, before.ToUnixTimeMilliseconds(), history);
        }

        return ValueTask.CompletedTask;
    }

    // Apart from the reader, for the closure would be allocated at every read.
    private RowsOfHandles AddRows(Catalog catalog) => _rows.GetValue(catalog, c => new RowsOfHandles(_items, c));
}
