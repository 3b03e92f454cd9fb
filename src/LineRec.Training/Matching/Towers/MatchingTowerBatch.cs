namespace LineRec.Training;

/// <summary>
/// The users of a step with their positives, and the items it touches: each has a slot, the shared negatives first, then the positives that
/// aren't among them.
/// </summary>
internal sealed class MatchingTowerBatch(InteractionMatrix matrix)
{
    private readonly int[] _slotOf = [.. Enumerable.Repeat(-1, matrix.ItemCount)];
    private readonly List<int> _items = [];
    private readonly List<int> _pairUsers = [];
    private readonly List<int> _pairSlots = [];
    private int[] _users = [];
    private int[] _pairOffsets = [];
    private int[] _slotOffsets = [];
    private int[] _pairsBySlot = [];

    public int UserCount { get; private set; }

    public int NegativeCount { get; private set; }

    public int SlotCount => _items.Count;

    public int PairCount => _pairSlots.Count;

    public int User(int row) => _users[row];

    public int Item(int slot) => _items[slot];

    public int UserOfPair(int pair) => _pairUsers[pair];

    public int SlotOfPair(int pair) => _pairSlots[pair];

    /// <summary>The numbers of a user's pairs: its positives.</summary>
    public Range PairsOf(int row) => _pairOffsets[row].._pairOffsets[row + 1];

    /// <summary>The pairs of an item, in the order of users.</summary>
    public ReadOnlySpan<int> PairsOfSlot(int slot) => _pairsBySlot.AsSpan(_slotOffsets[slot].._slotOffsets[slot + 1]);

    public void Set(ReadOnlySpan<int> users, ReadOnlySpan<int> negatives)
    {
        foreach (int item in _items) _slotOf[item] = -1;
        _items.Clear();
        _pairUsers.Clear();
        _pairSlots.Clear();
        _users = users.ToArray();
        (UserCount, NegativeCount) = (users.Length, negatives.Length);
        foreach (int item in negatives) Slot(item);
        _pairOffsets = new int[users.Length + 1];
        for (int row = 0; row < users.Length; row++)
        {
            foreach (int item in matrix.ItemsOf(users[row]))
            {
                _pairUsers.Add(row);
                _pairSlots.Add(Slot(item));
            }

            _pairOffsets[row + 1] = PairCount;
        }

        SortBySlot();
    }

    private int Slot(int item)
    {
        ref int slot = ref _slotOf[item];
        if (slot >= 0) return slot;
        slot = _items.Count;
        _items.Add(item);
        return slot;
    }

    private void SortBySlot()
    {
        _slotOffsets = new int[SlotCount + 1];
        foreach (int slot in _pairSlots) _slotOffsets[slot + 1]++;
        for (int slot = 0; slot < SlotCount; slot++) _slotOffsets[slot + 1] += _slotOffsets[slot];
        var next = _slotOffsets.AsSpan(0, SlotCount).ToArray();
        _pairsBySlot = new int[PairCount];
        for (int pair = 0; pair < PairCount; pair++) _pairsBySlot[next[_pairSlots[pair]]++] = pair;
    }
}
