namespace LineRec.Simulation;

/// <summary>
/// What one user wants at one moment: the niches with their shares, and on demand how the user chooses within a niche.
/// Reused from session to session; one thread at a time.
/// </summary>
/// <remarks>
/// A nested choice: first a niche, by taste, need, season and campaign; then an item in it, by quality, price tier, brand loyalty,
/// novelty and what was bought before. Scores are sums and products of such tables, not inner products of vectors.
/// </remarks>
internal sealed class ShopNeeds(ShopWorld world)
{
    /// <summary>The share of sessions about what everybody talks about.</summary>
    public const double HitShare = 0.1;

    /// <summary>The share of the other sessions that is about anything at all rather than the user's own niches.</summary>
    public const double Wandering = 0.03;

    private const double SatisfiedDrop = 0.35;
    private const double ComplementLift = 0.05;
    private const double ComplementDays = 7;
    private const double TierPenalty = 0.45;
    private const double LoyaltyLift = 1.8;
    private const double LoyaltyShare = 0.18;
    private const double NoveltyDays = 6;
    private const double RepeatLift = 2.5;
    private const double RepeatDrop = 0.1;
    private const long Forgotten = 30 * ShopWorld.Day;

    private readonly List<int> _niches = [];
    private readonly List<double> _shares = [];
    private readonly Dictionary<int, ShopNicheChoice> _choices = [];
    private readonly Stack<ShopNicheChoice> _spare = new();
    private readonly List<int> _bought = [];
    private readonly Dictionary<int, double> _satisfied = [];
    private readonly double[] _hits = new double[world.Hits.Length];
    private double _hitSum;
    private double _hitMax;
    private readonly bool[] _shopsOnCampaign = new bool[64];
    private ShopUser _user = null!;
    private ulong _userNumber;
    private long _time;

    public IReadOnlyList<int> Niches => _niches;

    public IReadOnlyList<double> Shares => _shares;

    /// <summary>Looks at a user's needs at a time, given what was bought before it.</summary>
    public void Begin(ShopUser user, int userNumber, long time)
    {
        (_user, _userNumber, _time) = (user, (ulong)userNumber, time);
        foreach (var choice in _choices.Values) _spare.Push(choice);
        _choices.Clear();
        _bought.Clear();
        _niches.Clear();
        _shares.Clear();
        Array.Clear(_shopsOnCampaign);
        foreach (var campaign in world.Campaigns)
        {
            if (campaign.Shop >= 0 && campaign.IsActiveAt(time)) _shopsOnCampaign[campaign.Shop] = true;
        }

        for (int k = 0; k < user.Niches.Length; k++) Add(user.Niches[k], user.Weights[k]);
        _satisfied.Clear();
        foreach (var (item, when) in user.Purchases)
        {
            if (when >= time) break;
            _bought.Add(item);
            if (time - when > Forgotten) continue;
            double days = (time - when) / (double)ShopWorld.Day;
            int number = world.Items[item].Niche;
            var niche = world.Niches[number];
            _satisfied[number] = 1 - (SatisfiedDrop * Math.Exp(-days / niche.RefillDays)); // the last purchase in a niche counts
            foreach (int complement in niche.Complements) Add(complement, ComplementLift * Math.Exp(-days / ComplementDays) / niche.Complements.Length);
        }

        (_hitSum, _hitMax) = (0, 0);
        for (int h = 0; h < _hits.Length; h++)
        {
            int item = world.Hits[h].Item;
            _hits[h] = world.Items[item].IsAvailableAt(time) ? world.Hits[h].At(time) * (_bought.Contains(item) ? RepeatDrop : 1) : 0;
            _hitSum += _hits[h];
            _hitMax = Math.Max(_hitMax, _hits[h]);
        }

        double sum = 0;
        for (int k = 0; k < _niches.Count; k++)
        {
            _shares[k] *= world.Niches[_niches[k]].Items.Length == 0 ? 0 : Demand(_niches[k]) * _satisfied.GetValueOrDefault(_niches[k], 1);
            sum += _shares[k];
        }

        for (int k = 0; k < _niches.Count; k++) _shares[k] /= sum;
    }

    /// <summary>Draws what a session is about: a niche, and for a hit the very item, else -1.</summary>
    public (int Niche, int Item) DrawIntent(ShopRandom random)
    {
        if (_hitSum > 0 && random.Chance(HitShare))
        {
            int item = world.Hits[random.Pick(_hits)].Item;
            return (world.Items[item].Niche, item);
        }

        return (DrawNiche(random), -1);
    }

    private int DrawNiche(ShopRandom random)
    {
        if (random.Chance(Wandering)) return world.NichePopularity.Pick(random);
        double at = random.Next();
        for (int k = 0; k < _niches.Count; k++)
        {
            at -= _shares[k];
            if (at < 0) return _niches[k];
        }

        return _niches[0];
    }

    /// <summary>Draws an item of a niche; -1 where none is to be had.</summary>
    public int DrawItem(int niche, ShopRandom random)
    {
        var choice = Choice(niche);
        if (choice.Sum <= 0) return -1;
        return world.Niches[niche].Items[random.Pick(choice.Weights)];
    }

    /// <summary>The share of a niche in what the user wants, 0 to 1.</summary>
    public double ShareOf(int niche)
    {
        int k = _niches.IndexOf(niche);
        double background = Wandering * world.Niches[niche].Popularity / world.NichePopularity.Total;
        return background + (k < 0 ? 0 : (1 - Wandering) * _shares[k]);
    }

    /// <summary>The probability that the next item wanted is this one.</summary>
    public double Probability(int item)
    {
        int niche = world.Items[item].Niche;
        var choice = Choice(niche);
        double tasted = choice.Sum <= 0 ? 0 : ShareOf(niche) * choice.Weights[choice.PlaceOf(item)] / choice.Sum;
        return _hitSum <= 0 ? tasted : ((1 - HitShare) * tasted) + (HitShare * HitWeight(item) / _hitSum);
    }

    /// <summary>How loud the talk about an item is against the loudest, 0 to 1.</summary>
    public double Hype(int item) => _hitMax <= 0 ? 0 : HitWeight(item) / _hitMax;

    /// <summary>How good an item is to the user against the best of its niche, 0 to 1.</summary>
    public double Fit(int item)
    {
        var choice = Choice(world.Items[item].Niche);
        return choice.Max <= 0 ? 0 : choice.Weights[choice.PlaceOf(item)] / choice.Max;
    }

    private double HitWeight(int item)
    {
        int low = 0, high = world.Hits.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int found = world.Hits[middle].Item;
            if (found == item) return _hits[middle];
            if (found < item) low = middle + 1;
            else high = middle - 1;
        }

        return 0;
    }

    private void Add(int niche, double share)
    {
        int k = _niches.IndexOf(niche);
        if (k >= 0)
        {
            _shares[k] += share;
            return;
        }

        _niches.Add(niche);
        _shares.Add(share);
    }

    private double Demand(int niche)
    {
        var n = world.Niches[niche];
        double demand = world.Season(n.Department, _time);
        foreach (var campaign in world.Campaigns)
        {
            if (campaign.IsActiveAt(_time) && campaign.Categories.Contains(n.Category)) demand *= campaign.Published.Weight;
        }

        return demand;
    }

    private ShopNicheChoice Choice(int niche)
    {
        if (_choices.TryGetValue(niche, out var choice)) return choice;
        choice = _spare.Count > 0 ? _spare.Pop() : new ShopNicheChoice();
        _choices.Add(niche, choice);
        var n = world.Niches[niche];
        choice.Begin(n.Items);
        for (int place = 0; place < n.Items.Length; place++) choice.Set(place, Weight(n, n.Items[place]));
        return choice;
    }

    private double Weight(ShopNiche niche, int number)
    {
        ref readonly var item = ref world.Items[number];
        if (!item.IsAvailableAt(_time)) return 0;
        double weight = item.Quality * Math.Exp(-TierPenalty * Math.Abs(item.Tier - _user.Tier));
        if (ShopRandom.Fixed(world.Seed, 900_000_000_000 + (ulong)item.Brand, _userNumber) < LoyaltyShare) weight *= LoyaltyLift;
        weight *= 1 + Math.Exp(-(_time - item.ListedAt) / (NoveltyDays * ShopWorld.Day));
        if (_shopsOnCampaign[item.Shop]) weight *= 1.3;
        if (_bought.Contains(number)) weight *= niche.IsReplenished ? RepeatLift : RepeatDrop;
        return weight;
    }
}
