using System.Numerics.Tensors;

namespace LineRec.Training;

/// <summary>
/// One training step: unit vectors, scores of all users against all negatives, the loss, its gradient, Adam on the rows touched.
/// </summary>
/// <remarks>
/// Three products of size users × negatives × dimension are nearly all of the time. Scores are kept [negatives, users], so that only the users are
/// packed anew for each product. Work is split into parts whose number doesn't depend on the threads, and every sum has one order.
/// </remarks>
internal sealed class MatchingTowerStep
{
    private const int SlotChunk = 128;
    private const int UserChunk = 8;
    private readonly MatchingTowerOptions _options;
    private readonly MatchingTowerTable _items;
    private readonly MatchingTowerTable? _ids;
    private readonly Workers _workers;
    private readonly int _width;
    private readonly int _stride;
    private readonly float _inverseTemperature;
    private readonly PackedMatrix _usersAsColumns;
    private readonly PackedMatrix _usersAsRows;
    private readonly PackedMatrix _negatives;
    private readonly float[] _units;
    private readonly float[] _userInverseNorms;
    private readonly float[] _userGradients;
    private readonly float[] _exponentials;
    private readonly float[] _partialSums;
    private readonly double[] _losses;
    private float[] _slotUnits = [];
    private float[] _slotInverseNorms = [];
    private float[] _slotGradients = [];
    private float[] _pairWeights = [];

    public MatchingTowerStep(MatchingTowerOptions options, MatchingTowerTable items, MatchingTowerTable? ids, int negatives, Workers workers)
    {
        (_options, _items, _ids, _workers, _width) = (options, items, ids, workers, options.Dimension);
        int panel = PackedMatrix.PanelWidth;
        _stride = (options.BatchUsers + panel - 1) / panel * panel;
        _inverseTemperature = (float)(1 / options.Temperature);
        _usersAsColumns = new PackedMatrix(_width, _stride);
        _usersAsRows = new PackedMatrix(options.BatchUsers, _width);
        _negatives = new PackedMatrix(negatives, _width);
        _units = new float[options.BatchUsers * _width];
        _userInverseNorms = new float[options.BatchUsers];
        _userGradients = new float[options.BatchUsers * _width];
        _exponentials = new float[negatives * _stride];
        _partialSums = new float[Parts(negatives, SlotChunk) * _stride];
        _losses = new double[options.BatchUsers];
    }

    /// <summary>Does the step.</summary>
    /// <param name="batch">What it trains on.</param>
    /// <param name="negativeWeight">How many items a negative stands for.</param>
    /// <param name="rate">Adam's rate, corrected for bias; 0 only computes the gradients.</param>
    /// <returns>The mean loss of a positive.</returns>
    public double Run(MatchingTowerBatch batch, float negativeWeight, float rate)
    {
        Grow(batch);
        _workers.For(Parts(batch.SlotCount, SlotChunk), part => GatherItems(batch, part));
        _workers.For(Parts(batch.UserCount, UserChunk), part => MakeUsers(batch, part));
        _workers.For(Parts(batch.NegativeCount, SlotChunk), part => ScoreNegatives(batch, part));
        _workers.For(Parts(batch.UserCount, UserChunk), part => DeriveUsers(batch, part, negativeWeight, rate));
        _workers.For(Parts(batch.SlotCount, SlotChunk), part => DeriveItems(batch, part, rate));
        return TensorPrimitives.Sum<double>(_losses.AsSpan(0, batch.UserCount)) / batch.PairCount;
    }

    /// <summary>The gradient of the last step's mean loss by the raw vector of a slot's item.</summary>
    internal ReadOnlySpan<float> ItemGradient(int slot) => _slotGradients.AsSpan(slot * _width, _width);

    /// <summary>The gradient of the last step's mean loss by a user's vector before it was brought to length 1.</summary>
    internal ReadOnlySpan<float> UserGradient(int row) => _userGradients.AsSpan(row * _width, _width);

    private static int Parts(int count, int chunk) => (count + chunk - 1) / chunk;

    private void Grow(MatchingTowerBatch batch)
    {
        if (_pairWeights.Length < batch.PairCount) _pairWeights = new float[batch.PairCount * 5 / 4];
        if (_slotInverseNorms.Length >= batch.SlotCount) return;
        int slots = batch.SlotCount * 5 / 4;
        (_slotUnits, _slotGradients, _slotInverseNorms) = (new float[slots * _width], new float[slots * _width], new float[slots]);
    }

    private Span<float> Unit(int row) => _units.AsSpan(row * _width, _width);

    private Span<float> SlotUnit(int slot) => _slotUnits.AsSpan(slot * _width, _width);

    private void GatherItems(MatchingTowerBatch batch, int part)
    {
        for (int slot = part * SlotChunk; slot < Math.Min(batch.SlotCount, (part + 1) * SlotChunk); slot++)
        {
            var raw = _items.Row(batch.Item(slot));
            float inverse = InverseNorm(raw);
            _slotInverseNorms[slot] = inverse;
            TensorPrimitives.Multiply(raw, inverse, SlotUnit(slot));
            if (slot < batch.NegativeCount) _negatives.SetRow(slot, SlotUnit(slot));
        }
    }

    private static float InverseNorm(ReadOnlySpan<float> vector) => TensorPrimitives.Norm(vector) is > 1e-12f and var norm ? 1 / norm : 0;

    private void MakeUsers(MatchingTowerBatch batch, int part)
    {
        for (int row = part * UserChunk; row < Math.Min(batch.UserCount, (part + 1) * UserChunk); row++)
        {
            var unit = Unit(row);
            unit.Clear();
            var (first, end) = (batch.PairsOf(row).Start.Value, batch.PairsOf(row).End.Value);
            if (_ids is not null) TensorPrimitives.Multiply(_ids.Row(batch.User(row)), IdFactor(end - first), unit);
            for (int pair = first; pair < end && _options.UserPart != MatchingUserPart.Id; pair++)
                TensorPrimitives.Add(unit, _items.Row(batch.Item(batch.SlotOfPair(pair))), unit);
            _userInverseNorms[row] = InverseNorm(unit);
            TensorPrimitives.Multiply(unit, _userInverseNorms[row], unit);
            _usersAsColumns.SetColumn(row, unit, _inverseTemperature);
        }
    }

    private float IdFactor(int historyLength) => MatchingTowerModel.IdFactor(_options.UserPart, historyLength);

    // exp(score) of a chunk of negatives [slots, users], 0 where the item is the user's own, and their sums by user.
    private void ScoreNegatives(MatchingTowerBatch batch, int part)
    {
        int from = part * SlotChunk, count = Math.Min(batch.NegativeCount - from, SlotChunk);
        var cells = _exponentials.AsSpan(from * _stride, count * _stride);
        MatrixProduct.Multiply(_slotUnits.AsSpan(from * _width), _width, 1, count, _usersAsColumns, cells, _stride);
        TensorPrimitives.Exp(cells, cells);
        var sums = _partialSums.AsSpan(part * _stride, _stride);
        sums.Clear();
        for (int slot = 0; slot < count; slot++)
        {
            var row = cells.Slice(slot * _stride, _stride);
            foreach (int pair in batch.PairsOfSlot(from + slot)) row[batch.UserOfPair(pair)] = 0;
            TensorPrimitives.Add(sums, row, sums);
        }
    }

    private void DeriveUsers(MatchingTowerBatch batch, int part, float negativeWeight, float rate)
    {
        int from = part * UserChunk, count = Math.Min(batch.UserCount - from, UserChunk);
        var gradients = _userGradients.AsSpan(from * _width, count * _width);
        MatrixProduct.Multiply(_exponentials.AsSpan(from), 1, _stride, count, _negatives, batch.NegativeCount, 0, _negatives.PanelCount, gradients, _width, add: false);
        for (int row = from; row < from + count; row++) DeriveUser(batch, row, negativeWeight, rate);
    }

    // The gradient by the user's vector, through its score of the negatives (already summed up, without their common weight) and of its positives.
    private void DeriveUser(MatchingTowerBatch batch, int row, float negativeWeight, float rate)
    {
        Span<float> unit = Unit(row), gradient = _userGradients.AsSpan(row * _width, _width);
        float weight = PairWeights(batch, row, negativeWeight) * negativeWeight * _inverseTemperature;
        TensorPrimitives.Multiply(gradient, weight, gradient);
        var (first, end) = (batch.PairsOf(row).Start.Value, batch.PairsOf(row).End.Value);
        for (int pair = first; pair < end; pair++)
            TensorPrimitives.MultiplyAdd(SlotUnit(batch.SlotOfPair(pair)), _pairWeights[pair], gradient, gradient);
        ThroughUnit(gradient, unit, _userInverseNorms[row]);
        Span<float> scaled = stackalloc float[_width];
        TensorPrimitives.Multiply(unit, weight, scaled);
        _usersAsRows.SetRow(row, scaled);
        if (_ids is null || rate == 0) return;
        TensorPrimitives.Multiply(gradient, IdFactor(end - first), scaled);
        _ids.Update(batch.User(row), scaled, rate);
    }

    // Sets the derivative of the mean loss by each positive's cosine, and gives that by a negative's score, without e^score and its weight.
    private float PairWeights(MatchingTowerBatch batch, int row, float negativeWeight)
    {
        double z = 0, loss = 0, common = 0;
        for (int part = 0; part < Parts(batch.NegativeCount, SlotChunk); part++) z += _partialSums[(part * _stride) + row];
        z *= negativeWeight;
        var (first, end) = (batch.PairsOf(row).Start.Value, batch.PairsOf(row).End.Value);
        double share = 1.0 / batch.PairCount;
        for (int pair = first; pair < end; pair++)
        {
            double score = TensorPrimitives.Dot(Unit(row), SlotUnit(batch.SlotOfPair(pair))) * _inverseTemperature;
            var (term, byScore, byZ) = MatchingTowerLosses.Of(_options.Loss, score, z, _options.NegativePower);
            loss += term;
            common += byZ * share;
            _pairWeights[pair] = (float)(byScore * share) * _inverseTemperature;
        }

        _losses[row] = loss;
        return (float)common;
    }

    private void DeriveItems(MatchingTowerBatch batch, int part, float rate)
    {
        int from = part * SlotChunk, end = Math.Min(batch.SlotCount, from + SlotChunk), negatives = Math.Clamp(batch.NegativeCount - from, 0, end - from);
        _slotGradients.AsSpan((from + negatives) * _width, (end - from - negatives) * _width).Clear();
        if (negatives > 0)
            MatrixProduct.Multiply(_exponentials.AsSpan(from * _stride), _stride, 1, negatives, _usersAsRows, batch.UserCount, 0, _usersAsRows.PanelCount, _slotGradients.AsSpan(from * _width), _width, add: false);
        for (int slot = from; slot < end; slot++) DeriveItem(batch, slot, rate);
    }

    private void DeriveItem(MatchingTowerBatch batch, int slot, float rate)
    {
        var gradient = _slotGradients.AsSpan(slot * _width, _width);
        foreach (int pair in batch.PairsOfSlot(slot)) TensorPrimitives.MultiplyAdd(Unit(batch.UserOfPair(pair)), _pairWeights[pair], gradient, gradient);
        ThroughUnit(gradient, SlotUnit(slot), _slotInverseNorms[slot]);
        if (_options.UserPart != MatchingUserPart.Id)
            foreach (int pair in batch.PairsOfSlot(slot)) TensorPrimitives.Add(gradient, UserGradient(batch.UserOfPair(pair)), gradient);
        if (rate != 0) _items.Update(batch.Item(slot), gradient, rate);
    }

    // From the gradient by v / |v| to that by v: what lies along v falls away.
    private static void ThroughUnit(Span<float> gradient, ReadOnlySpan<float> unit, float inverseNorm)
    {
        TensorPrimitives.MultiplyAdd(unit, -TensorPrimitives.Dot(gradient, unit), gradient, gradient);
        TensorPrimitives.Multiply(gradient, inverseNorm, gradient);
    }
}
