using System.Data.Common;
using System.Globalization;
using LineRec.Data;

namespace LineRec.Recipes;

/// <summary>Brings events into the data contract: partitioned by day, in order of time.</summary>
/// <param name="source">The files.</param>
/// <param name="options">How columns and types are called.</param>
/// <param name="quarantine">Takes what isn't an event.</param>
internal sealed class EventConversion(SourceFiles source, ConversionOptions options, Quarantine quarantine)
{
    private const string Table = "events", Time = "linerec_time";

    /// <summary>Seconds since 1970 stay under this until the year 5138; milliseconds have been over it since 1973.</summary>
    private const string SecondsUpTo = "100000000000";

    private static readonly string[] Required = [EventFields.UserId, EventFields.ItemId, EventFields.EventType, EventFields.Timestamp];

    private static readonly (string Name, EventColumns Column)[] Optional =
    [
        (EventFields.Placement, EventColumns.Placement), (EventFields.Position, EventColumns.Position), (EventFields.RequestId, EventColumns.RequestId), (EventFields.Propensity, EventColumns.Propensity),
        (EventFields.Query, EventColumns.Query), (EventFields.Quantity, EventColumns.Quantity), (EventFields.Price, EventColumns.Price), (EventFields.AnchorItemId, EventColumns.AnchorItemId),
    ];

    /// <summary>The items that events speak of.</summary>
    public HashSet<string> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>Converts.</summary>
    /// <param name="folder">The log's folder; its events/ is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Events and days written.</returns>
    /// <exception cref="RecipeException">A column is missing.</exception>
    public (long Events, int Days) Run(string folder, CancellationToken cancellationToken)
    {
        var theirs = source.Open(Table, options.Events, asText: true);
        string[] known = [.. Required.Concat(Optional.Select(o => o.Name)).Where(c => theirs.Contains(Their(c)))];
        RequireColumns(known, theirs);
        var columns = Optional.Where(o => known.Contains(o.Name)).Aggregate(EventColumns.None, (all, o) => all | o.Column);
        foreach (var (line, problem) in source.Rejects(Table)) quarantine.Add("the line isn't a row of the file", new { line, problem });

        EventWriter? writer = null;
        var (events, days) = (0L, 0);
        DateOnly? open = null;
        try
        {
            using var rows = source.Query(Sql(known));
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Read(rows, known) is not { } row) continue;
                var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(row.UnixMilliseconds).UtcDateTime);
                if (day != open)
                {
                    Complete(writer);
                    writer = new EventWriter(Path.Combine(folder, ShopLogLayout.EventsFolder, $"date={PipelineRun.Text(day)}"), columns);
                    (open, days) = (day, days + 1);
                }

                writer!.Write(row);
                events++;
                if (row.ItemId is { } item) Items.Add(item);
            }

            Complete(writer);
            writer = null;
        }
        finally
        {
            writer?.Dispose();
        }

        return (events, days);
    }

    private static void Complete(EventWriter? writer)
    {
        writer?.Complete();
        writer?.Dispose();
    }

    private string Their(string column) => options.EventColumns.GetValueOrDefault(column, column);

    private void RequireColumns(string[] known, IReadOnlyList<string> theirs)
    {
        string? missing = Required.FirstOrDefault(c => !known.Contains(c) && !(c == EventFields.EventType && options.Type is not null));
        if (missing is not null)
            throw new RecipeException(RecipeFault.Input, $"'{options.Events}' has no column '{Their(missing)}' for {missing}; it has {string.Join(", ", theirs)}. Name it: --map {missing}=COLUMN{(missing == EventFields.EventType ? ", or give all events one --event-type" : "")}.");
        if (options.EventColumns.FirstOrDefault(m => !theirs.Contains(m.Value)) is { Key: not null } wrong)
            throw new RecipeException(RecipeFault.Input, $"'{options.Events}' has no column '{wrong.Value}', which --map {wrong.Key}={wrong.Value} names; it has {string.Join(", ", theirs)}.");
    }

    private string Sql(string[] known)
    {
        string time = SourceFiles.Name(Their(EventFields.Timestamp)), text = $"CAST({time} AS VARCHAR)", number = $"try_cast({text} AS DOUBLE)";
        string milliseconds = $"CASE WHEN {number} IS NULL THEN epoch_ms(try_cast({text} AS TIMESTAMPTZ)) WHEN abs({number}) < {SecondsUpTo} THEN CAST({number} * 1000 AS BIGINT) ELSE CAST({number} AS BIGINT) END";
        return $"SELECT {string.Join(", ", known.Select(c => $"CAST({SourceFiles.Name(Their(c))} AS VARCHAR) AS {c}"))}, {milliseconds} AS {Time} FROM {Table} ORDER BY {Time}, rowid";
    }

    private EventRow? Read(DbDataReader rows, string[] known)
    {
        string? Value(string column) => Array.IndexOf(known, column) is >= 0 and var at && !rows.IsDBNull(at) && rows.GetString(at) is { Length: > 0 } text ? text : null;
        string? typeName = Value(EventFields.EventType) ?? options.Type, user = Value(EventFields.UserId), item = Value(EventFields.ItemId);
        typeName = typeName is null ? null : options.Types.GetValueOrDefault(typeName, typeName);
        float quantity = Number(Value(EventFields.Quantity)), price = Number(Value(EventFields.Price)), propensity = Number(Value(EventFields.Propensity)), position = Number(Value(EventFields.Position));
        bool isType = EventTypeNames.TryParse(typeName, out var type);
        string? reason = (user, typeName) switch
        {
            (null, _) => "no user_id",
            (_, null) => "no event_type",
            _ when !isType => $"event_type '{typeName}' isn't one of {string.Join(", ", EventTypeNames.All.ToArray())}: name it by --type {typeName}=TYPE",
            _ when item is null && type != EventType.Search => "no item_id",
            _ when rows.IsDBNull(known.Length) => "no timestamp, or one that can't be read",
            _ when float.IsInfinity(quantity + price + propensity + position) => "quantity, price, propensity or position isn't a number",
            _ => null,
        };
        if (reason is null)
        {
            return new EventRow(user!, item, type, rows.GetInt64(known.Length))
            {
                Placement = Value(EventFields.Placement),
                Position = float.IsNaN(position) ? 0 : (int)position,
                RequestId = Value(EventFields.RequestId),
                Propensity = propensity,
                Query = Value(EventFields.Query),
                Quantity = quantity,
                Price = price,
                AnchorItemId = Value(EventFields.AnchorItemId),
            };
        }

        quarantine.Add(reason, known.ToDictionary(c => c, Value));
        return null;
    }

    /// <summary>NaN where there is none, infinity where it is no number.</summary>
    private static float Number(string? text) => text is null ? float.NaN
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value : float.PositiveInfinity;
}
