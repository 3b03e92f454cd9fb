namespace LineRec;

/// <summary>How many loyalty points each user has. The host implements it or feeds the one in memory.</summary>
/// <remarks>
/// Thread-safe, synchronous and without allocation: it runs within a request. Where balances lie in another process, keep those of the users
/// who are there in memory.
/// </remarks>
public interface IUserPoints
{
    /// <summary>Reads a user's points. An unknown user has none.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="time">The request's instant; points that expired by then don't count and may be left out.</param>
    /// <param name="balance">Receives the points; it is empty when the call starts.</param>
    void Read(string userId, DateTimeOffset time, PointBalance balance);
}
