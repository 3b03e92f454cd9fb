using LineRec.Data;

namespace LineRec.Simulation;

/// <summary>
/// Simulates users' sessions: lists are shown, looked at from the top, clicked where they fit what the user wants; items go into the
/// cart and are bought. Works through any number of users of one day; one thread at a time.
/// </summary>
internal sealed class ShopSessions(ShopWorld world, ShopUser[] users, ShopBoard board, ShopSlates? slates = null)
{
    /// <summary>About how many events a session leaves.</summary>
    public const double EventsPerSession = 18;

    private const double ClickLift = 0.9;
    private const double HypeAside = 0.15;
    private const double CuriousClick = 0.012;
    private const double PurchaseChance = 0.62;
    private const double SecondPurchaseChance = 0.25;
    private const double OrganicShare = 0.65;

    private static readonly double[] StartWeights = [.. ShopPlacement.All.Select((_, i) => i switch { 0 => 0.40, 3 => 0.09, 4 => 0.25, 5 => 0.06, 8 => 0.05, 1 or 2 or 12 or 13 => 0, _ => 0.0115 })];
    private static readonly double[] HourWeights = [2, 1, 1, 1, 1, 1, 2, 4, 5, 5, 5, 6, 8, 7, 6, 6, 6, 7, 8, 10, 12, 12, 9, 5];

    private readonly ShopNeeds _needs = new(world);
    private readonly ShopListPolicy _policy = new(world, board);
    private readonly List<int> _list = [];
    private readonly List<(int Item, string? Request, string? Placement)> _clicked = [];
    private readonly List<double> _weights = [];
    private List<EventRow> _events = [];
    private ShopDayLog _log = null!;
    private ShopRandom _random = null!;
    private ShopUser _user = null!;
    private string _userId = "";
    private int _userNumber;
    private int _day;
    private int _lists;
    private int _intent;
    private int _wanted;
    private long _now;

    /// <summary>Simulates one user's day.</summary>
    public void Simulate(int user, int day, ShopDayLog log)
    {
        (_user, _userNumber, _userId, _day, _log, _events, _lists) = (users[user], user, ShopUserBuilder.IdOf(user), day, log, log.Events, 0);
        long midnight = world.Start + (day * ShopWorld.Day);
        _now = midnight - 1;
        if (_user.JoinedAt >= midnight + ShopWorld.Day) return;
        _random = new ShopRandom(world.Seed, 8, (ulong)user, (ulong)day);
        double weekly = day % 7 is 2 or 3 ? 1.25 : 0.9;
        int sessions = Math.Min(_random.Poisson(_user.SessionsPerDay * weekly), 6);

        // A session lasts minutes: within its hour, so that days don't overlap.
        Span<long> starts = stackalloc long[6];
        for (int s = 0; s < sessions; s++) starts[s] = midnight + (((_random.Pick(HourWeights) * 60) + _random.Next(30)) * 60_000L) + _random.Next(60_000);
        starts[..sessions].Sort();
        foreach (long start in starts[..sessions])
        {
            _now = Math.Max(start, _now >= midnight ? _now + 60_000 : start);
            if (_now >= midnight + ShopWorld.Day - 3_600_000) break;
            Session();
        }
    }

    private void Session()
    {
        _needs.Begin(_user, _userNumber, _now);
        (_intent, _wanted) = _needs.DrawIntent(_random);
        _clicked.Clear();
        int start = _random.Pick(StartWeights);
        var first = ShopPlacement.All[start];
        if (first.Name is "search" or "search_empty") Search(first);
        else Show(first, first.Name == "category_top" ? world.Niches[_intent].Category : -1, -1);
        if (_random.Chance(0.25)) Show(ShopPlacement.All[5 + _random.Next(ShopPlacement.All.Length - 6)], -1, -1);
        if (_clicked.Count > 0 && _random.Chance(0.08)) Emit(EventType.Favourite, _clicked[^1], 0);
        int bought = 0;
        if (_random.Chance(PurchaseChance) && Buy(organic: _random.Chance(OrganicShare)))
        {
            bought++;

            // A second thing for the basket is chosen in the light of the first.
            if (_random.Chance(SecondPurchaseChance))
            {
                _needs.Begin(_user, _userNumber, _now + 1);
                (_intent, _wanted) = _needs.DrawIntent(_random);
                if (Buy(organic: true)) bought++;
            }

            if (_random.Chance(0.1)) Show(ShopPlacement.All[13], -1, _user.Purchases[^1].Item);
        }
        else if (_clicked.Count > 0 && _random.Chance(0.15))
        {
            Emit(EventType.Cart, _clicked[^1], 0);
        }

        _log.EndSession(_clicked, _user.Purchases, bought);
    }

    private void Search(ShopPlacement placement)
    {
        int category = world.Niches[_intent].Category;
        string query = world.CategoryNouns[category];
        if (_random.Chance(0.5)) query = ShopCatalogBuilder.Trait(world, _intent, _random.Next(2)) + " " + query;
        _events.Add(new EventRow(_userId, null, EventType.Search, _now) { Placement = placement.Name, Query = query });
        Pause(2);
        Show(placement, category, -1, query: query);
    }

    /// <summary>Shows a list, and follows its clicks to item pages.</summary>
    private void Show(ShopPlacement placement, int category, int anchor, int depth = 0, string? query = null)
    {
        if (anchor >= 0) category = world.Niches[world.Items[anchor].Niche].Category;
        string? request = slates?.Fill(placement, _userId, anchor, query, _now, _lists, _list);
        if (request is null)
        {
            _policy.Fill(placement, _user, category, anchor, _now, _random, _list);
            request = $"{_userId}-{_day:x}-{_lists:x}";
        }

        if (_list.Count == 0) return;
        _lists++;
        string? anchorId = anchor >= 0 ? world.ItemIds[anchor] : null;
        for (int p = 0; p < _list.Count; p++)
        {
            _events.Add(new EventRow(_userId, world.ItemIds[_list[p]], EventType.Impression, _now)
            {
                Placement = placement.Name, Position = p + 1, RequestId = request, Price = world.Items[_list[p]].Price, AnchorItemId = anchorId,
            });
        }

        int firstClick = -1;
        for (int p = 0; p < _list.Count; p++)
        {
            if (!_random.Chance(Math.Pow(p + 1, -placement.PositionBias)) || !_random.Chance(Attraction(_list[p]))) continue;
            Pause(15);
            if (firstClick < 0) firstClick = _list[p];
            Click(_list[p], request, placement.Name, p + 1);
        }

        if (firstClick >= 0 && depth < 2 && _random.Chance(0.5))
        {
            Pause(5);
            Show(ShopPlacement.All[1], -1, firstClick, depth + 1);
        }
    }

    /// <summary>The probability that an item is clicked once it is looked at.</summary>
    private double Attraction(int item)
    {
        int niche = world.Items[item].Niche;
        double interest = niche == _intent && _wanted < 0 ? 1 : Math.Min(0.7, 2.0 * _needs.ShareOf(niche));
        double talk = (_wanted >= 0 ? 1 : HypeAside) * Math.Sqrt(_needs.Hype(item));
        return CuriousClick + (ClickLift * Math.Max(interest * Math.Sqrt(_needs.Fit(item)), talk));
    }

    private void Click(int item, string? request, string? placement, int position)
    {
        _clicked.Add((item, request, placement));
        _user.Remember(item);
        Emit(EventType.Click, _clicked[^1], position);
    }

    private bool Buy(bool organic)
    {
        int chosen = -1;
        if (!organic && _clicked.Count > 0)
        {
            _weights.Clear();
            foreach (var (item, _, _) in _clicked) _weights.Add(_needs.Probability(item));
            if (_weights.Sum() > 0) chosen = _random.Pick([.. _weights]);
        }

        if (chosen < 0)
        {
            // Went to it directly, or past the lists that are logged.
            int item = _wanted >= 0 ? _wanted : _needs.DrawItem(_intent, _random);
            if (item < 0) return false;
            chosen = _clicked.FindIndex(c => c.Item == item);
            if (chosen < 0)
            {
                Pause(40);
                Click(item, null, null, 0);
                chosen = _clicked.Count - 1;
            }
        }

        var bought = _clicked[chosen];
        Pause(30);
        if (_random.Chance(0.8))
        {
            Emit(EventType.Cart, bought, 0);
            Pause(10);
            if (_random.Chance(0.3)) Show(ShopPlacement.All[_random.Chance(0.85) ? 2 : 12], -1, bought.Item, depth: 2);
        }

        Pause(20);
        Emit(EventType.Purchase, bought, 0);
        _user.Purchases.Add((bought.Item, _now));
        return true;
    }

    private void Emit(EventType type, (int Item, string? Request, string? Placement) about, int position)
    {
        _events.Add(new EventRow(_userId, world.ItemIds[about.Item], type, _now)
        {
            Placement = about.Placement, RequestId = about.Request, Position = position, Price = world.Items[about.Item].Price, Quantity = type == EventType.Purchase ? 1 : float.NaN,
        });
        slates?.Happened(_userId, about.Item, type, _now);
        Pause(1);
    }

    private void Pause(double meanSeconds) => _now += 500 + (long)(1000 * _random.Exponential(meanSeconds));
}
