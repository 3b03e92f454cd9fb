namespace LineRec.Data;

/// <summary>The optional table of loyalty points: user_id, balance, and optional expires_at; null or without the column they never expire. A user may have several rows, a lot each.</summary>
public static class UserPointsTable
{
    private const string Id = "user_id", Balance = "balance", ExpiresAt = "expires_at";

    /// <summary>Reads a table, in the file's order, a row group at a time.</summary>
    /// <param name="path">The .parquet file; it is open while the rows are enumerated.</param>
    /// <exception cref="InvalidDataException">It isn't a whole Parquet file, lacks a required column or value, or holds one of a wrong type; a balance is negative or not finite.</exception>
    public static IEnumerable<UserPointsLot> Read(string path)
    {
        using var table = ParquetTable.Open(path);
        var (idField, balanceField) = (table.Require(Id, "text or integers"), table.Require(Balance, "numbers"));
        var pool = new TextPool();
        for (int group = 0; group < table.RowGroupCount; group++)
        {
            string?[] ids = table.ReadText(group, idField, pool);
            float[] balances = table.ReadNumbers(group, balanceField);
            long[]? expiries = table.Find(ExpiresAt) is { } expiry ? table.ReadTimes(group, expiry) : null;
            for (int row = 0; row < ids.Length; row++)
            {
                if (string.IsNullOrEmpty(ids[row])) throw table.Wrong(group, Id, $"row {row} has no id.");
                if (!(balances[row] >= 0 && float.IsFinite(balances[row])))
                    throw table.Wrong(group, Balance, $"user '{ids[row]}' has {(float.IsNaN(balances[row]) ? "no balance" : $"a balance of {balances[row]}")} in row {row}; it must be finite and 0 or more.");
                bool expires = expiries is not null && expiries[row] != TimeColumn.Missing;
                yield return new UserPointsLot(ids[row]!, balances[row], expires ? DateTimeOffset.FromUnixTimeMilliseconds(expiries![row]) : null);
            }
        }
    }

    /// <summary>Writes a table.</summary>
    /// <param name="path">The .parquet file; its folder is made.</param>
    /// <param name="lots">The lots.</param>
    public static void Write(string path, IReadOnlyList<UserPointsLot> lots)
    {
        using var file = new ParquetTableWriter(path, ParquetTableWriter.Text(Id, nullable: false), ParquetTableWriter.Number(Balance), ParquetTableWriter.Time(ExpiresAt));
        if (lots.Count > 0)
        {
            using var group = file.BeginRowGroup();
            group.Write(Id, lots.Select(l => l.UserId).ToArray());
            group.Write(Balance, lots.Select(l => l.Balance).ToArray());
            group.Write(ExpiresAt, lots.Select(l => l.ExpiresAt?.ToUnixTimeMilliseconds() ?? TimeColumn.Missing).ToArray());
        }

        file.Complete();
    }
}
