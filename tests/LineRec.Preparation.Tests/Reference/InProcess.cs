using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LineRec.Preparation.Tests.Reference;

/// <summary>Each query in plain C#, written for the eye and not for speed: what engines must agree with. A row is its values in the order of the query's columns.</summary>
internal static class InProcess
{
    private static readonly string[] Choices = ["click", "cart", "purchase", "favourite"];

    public static IEnumerable<object?[]> Sessions(TestLog log, long gap)
    {
        foreach (var user in Known(log).GroupBy(e => e.User).OrderBy(g => g.Key, ByBytes.Order))
        {
            long number = 0, start = 0, place = 0, previous = 0;
            foreach (var e in InOrder(user))
            {
                bool begins = number == 0 || e.Time!.Value - previous > gap;
                (number, start, place) = begins ? (number + 1, e.Time!.Value, 1) : (number, start, place + 1);
                previous = e.Time!.Value;
                yield return [e.User, e.Item, e.Type, e.Placement, e.Time, number, start, place];
            }
        }
    }

    public static IEnumerable<object?[]> Negatives(TestLog log, ulong seed, int draws, long from, long to)
    {
        var chosen = Known(log).Where(e => Choices.Contains(e.Type) && e.Item is not null).ToList();
        var known = chosen.Select(e => (e.User, e.Item)).ToHashSet();
        string[] pool = [.. log.Pool.OfType<string>().Order(ByBytes.Order)];
        var choices = chosen.Where(e => e.Time >= from && e.Time < to).Select(e => (e.User, e.Item, e.Time)).Distinct();
        foreach (var (user, item, time) in choices.OrderBy(c => c.User, ByBytes.Order).ThenBy(c => c.Time).ThenBy(c => c.Item, ByBytes.Order))
        {
            for (long draw = 0; draw < draws && pool.Length > 0; draw++)
            {
                string drawn = pool[Hash60(string.Create(CultureInfo.InvariantCulture, $"{seed}|{user}|{item}|{time}|{draw}")) % pool.Length];
                if (!known.Contains((user, drawn))) yield return [user, item, time, draw, drawn];
            }
        }
    }

    public static IEnumerable<object?[]> AsOf(TestLog log, Func<LogRow, string?> entity)
    {
        foreach (var user in Known(log).GroupBy(e => e.User).OrderBy(g => g.Key, ByBytes.Order))
        {
            foreach (var e in InOrder(user))
            {
                var last = log.Changes.Where(c => c.Entity is not null && c.Entity == entity(e) && c.Time < e.Time)
                    .OrderBy(c => c.Time).ThenBy(c => c.Level).ThenBy(c => c.Count).LastOrDefault(); // a nullable orders null first
                yield return [e.User, e.Item, e.Type, e.Placement, e.Time, last?.Time, last?.Level, last?.Count];
            }
        }
    }

    public static IEnumerable<object?[]> PlacementRates(TestLog log, long from, long to) => Known(log).Where(e => e.Item is not null && e.Time >= from && e.Time < to)
        .GroupBy(e => (e.Item, e.Placement)).OrderBy(g => g.Key.Item, ByBytes.Order).ThenBy(g => g.Key.Placement, ByBytes.Order)
        .Select(g =>
        {
            var (impressions, clicks, carts, purchases) = (Count(g, "impression"), Count(g, "click"), Count(g, "cart"), Count(g, "purchase"));
            return (object?[])
            [
                g.Key.Item, g.Key.Placement, impressions, clicks, carts, purchases, impressions == 0 ? null : (double)clicks / impressions, clicks == 0 ? null : (double)purchases / clicks,
                WilsonScore.Lower(Math.Min(clicks, impressions), impressions),
            ];
        });

    public static IEnumerable<object?[]> DecayedCounts(TestLog log, Func<LogRow, string?> entity, long asOf, long halfLife, long from) => Known(log)
        .Where(e => entity(e) is not null && e.Time >= from && e.Time < asOf).GroupBy(entity).OrderBy(g => g.Key, ByBytes.Order)
        .Select(g =>
        {
            double Sum(string type) => g.Where(e => e.Type == type).Sum(e => double.Exp2(-(double)(asOf - e.Time!.Value) / halfLife));
            return (object?[])[g.Key, Sum("impression"), Sum("click"), Sum("cart"), Sum("purchase"), Sum("favourite")];
        });

    public static IEnumerable<object?[]> Counters(TestLog log, Func<LogRow, string?> entity, Func<LogRow, string?> partner, long from, long to) => Known(log)
        .Where(e => entity(e) is not null && e.Time >= from && e.Time < to).GroupBy(entity).OrderBy(g => g.Key, ByBytes.Order)
        .Select(g => (object?[])
        [
            g.Key, (long)g.Count(), Count(g, "impression"), Count(g, "click"), Count(g, "cart"), Count(g, "purchase"), Count(g, "favourite"), Count(g, "search"),
            (long)g.Select(partner).OfType<string>().Distinct().Count(), (long)g.Select(e => e.Time!.Value / 86_400_000).Distinct().Count(), g.Min(e => e.Time), g.Max(e => e.Time),
        ]);

    public static IEnumerable<object?[]> CounterHistory(TestLog log, Func<LogRow, string?> entity) => Known(log)
        .Where(e => entity(e) is not null).GroupBy(entity).OrderBy(g => g.Key, ByBytes.Order)
        .SelectMany(g => g.Select(e => e.Time!.Value).Distinct().Order().Select(moment =>
        {
            var until = g.Where(e => e.Time <= moment).ToList();
            return (object?[])[g.Key, moment, Count(until, "impression"), Count(until, "click"), Count(until, "cart"), Count(until, "purchase")];
        }));

    private static IEnumerable<LogRow> Known(TestLog log) => log.Events.Where(e => e.User is not null && e.Time is not null);

    private static IEnumerable<LogRow> InOrder(IEnumerable<LogRow> events) =>
        events.OrderBy(e => e.Time).ThenBy(e => e.Type, ByBytes.Order).ThenBy(e => e.Item, ByBytes.Order).ThenBy(e => e.Placement, ByBytes.Order);

    private static long Count(IEnumerable<LogRow> events, string type) => events.Count(e => e.Type == type);

    [SuppressMessage("Security", "CA5351", Justification = "Draws numbers; hides nothing.")]
    private static long Hash60(string text) => long.Parse(Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)))[..15], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
