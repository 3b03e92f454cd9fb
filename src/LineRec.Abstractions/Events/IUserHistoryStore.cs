namespace LineRec;

/// <summary>
/// Holds what each user did. An event appended here is part of that user's very next request.
/// </summary>
/// <remarks>Thread-safe: any number of readers and writers at once.</remarks>
public interface IUserHistoryStore
{
    /// <summary>Appends one event.</summary>
    /// <param name="userEvent">The event. Events of a user are expected about in time order; a late one is sorted in.</param>
    void Append(in UserEvent userEvent);

    /// <summary>Reads a user's events, oldest first, into <paramref name="history"/>. An unknown user has none.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="catalog">The catalog whose rows the events are translated to; events of items it doesn't hold are left out.</param>
    /// <param name="before">Only events strictly before this instant are read, so that a past request can be replayed.</param>
    /// <param name="history">Receives the events; it is empty when the call starts.</param>
    /// <param name="cancellationToken">Cancelled when the request's deadline passes.</param>
    ValueTask ReadAsync(string userId, Catalog catalog, DateTimeOffset before, UserHistory history, CancellationToken cancellationToken);
}
