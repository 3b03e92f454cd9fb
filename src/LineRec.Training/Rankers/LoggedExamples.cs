using LineRec.Data;
using LineRec.Features;

namespace LineRec.Training;

/// <summary>
/// What a ranker learns from, straight from the exposure log: the features that the host's ranker saw when it served, and what came of each slot. Nothing is replayed or encoded anew, so nothing can
/// differ from what was served.
/// </summary>
/// <param name="Examples">A group a request, a candidate a slot, in the order of the log.</param>
/// <param name="OtherFeatureState">Requests left out because a bundle with another feature state answered; read them with that bundle's encoder.</param>
/// <param name="WithoutFeatures">Requests left out because no ranker left features, or not all blocks of the encoder.</param>
/// <param name="SlotsLeftOut">Slots left out of the others: filled by the fallback placement, or with an item that the catalog doesn't hold.</param>
public sealed record LoggedExamples(RankingExamples Examples, int OtherFeatureState, int WithoutFeatures, int SlotsLeftOut)
{
    /// <summary>Joins exposures with what came of them. Memory: all examples.</summary>
    /// <param name="exposures">The exposures, mostly of one placement.</param>
    /// <param name="outcomes">What came of them.</param>
    /// <param name="encoder">The encoder of the bundle that served (<see cref="SnapshotFeatures.EncoderFor"/>): it says what the features are, and holds the items' own.</param>
    /// <param name="catalog">That bundle's catalog.</param>
    /// <param name="target">What counts as chosen: a click (the default) or a purchase.</param>
    /// <param name="itemEmbeddings">The shared item table; null leaves embeddings out.</param>
    /// <exception cref="ArgumentException">No exposure has features of this encoder, the target is neither, or features were fitted to events from after a request.</exception>
    public static LoggedExamples Read(IEnumerable<Exposure> exposures, RequestOutcomes outcomes, FeatureEncoder encoder, Catalog catalog, EventType target = EventType.Click, NpyMatrix<float>? itemEmbeddings = null)
    {
        if (target is not (EventType.Click or EventType.Purchase)) throw new ArgumentException($"A slot is chosen by a click or a purchase, not by '{target}'.", nameof(target));
        var (captured, labels, request) = (new CapturedFeatures(encoder), new List<float>(), new Slots(encoder, catalog));
        var (others, without, slots) = (0, 0, 0);
        foreach (var exposure in exposures)
        {
            if (exposure.Count == 0) continue;
            if (exposure.FeatureState is { } state && state != encoder.Fitted.Fingerprint)
            {
                others++;
                continue;
            }

            if (exposure.FeatureState is null || exposure.UserFeatures?.Length != encoder.UserWidth || exposure.CrossWidth != encoder.CrossWidth)
            {
                without++;
                continue;
            }

            slots += exposure.Count - request.Take(exposure);
            if (request.Count == 0) continue;
            request.AddTo(captured, exposure);
            foreach (int slot in request.Kept)
            {
                var outcome = outcomes.Of(exposure.RequestId, exposure.ItemIds[slot]);
                labels.Add((target == EventType.Click ? outcome.Clicks : outcome.Orders) > 0 ? 1f : 0f);
            }
        }

        if (captured.CandidateCount == 0)
            throw new ArgumentException($"No exposure has features of the feature state '{encoder.Fitted.Fingerprint}': {others} have another one's, {without} none. Give the encoder of the bundle that answered, and exposures of placements that rank with an ONNX model.", nameof(exposures));
        return new LoggedExamples(RankingExamples.From(captured, [.. labels], itemEmbeddings), others, without, slots);
    }

    /// <summary>The slots of one request that can be learnt from; serves one request after the other.</summary>
    private sealed class Slots(FeatureEncoder encoder, Catalog catalog)
    {
        private readonly List<int> _kept = [];
        private int[] _rows = [];
        private int[] _positions = [];
        private ulong[] _origins = [];
        private float[] _scores = [];
        private float[] _cross = [];

        public IReadOnlyList<int> Kept => _kept;

        public int Count => _kept.Count;

        /// <summary>Picks the slots that were ranked and whose items the catalog holds.</summary>
        /// <returns>How many.</returns>
        public int Take(Exposure exposure)
        {
            _kept.Clear();
            int width = encoder.CrossWidth;
            if (_rows.Length < exposure.Count) (_rows, _positions, _origins, _scores, _cross) = (new int[exposure.Count], new int[exposure.Count], new ulong[exposure.Count], new float[exposure.Count], new float[exposure.Count * width]);
            for (int slot = 0; slot < exposure.Count; slot++)
            {
                var cross = exposure.CrossFeatures.AsSpan(slot * width, width);
                bool isRanked = exposure.Origins[slot] != 0 && (width == 0 || !float.IsNaN(cross[0]));
                if (!isRanked || !catalog.TryGetRow(exposure.ItemIds[slot], out int row)) continue;
                int at = _kept.Count;
                (_rows[at], _positions[at], _origins[at], _scores[at]) = (row, slot + 1, (ulong)exposure.Origins[slot], exposure.Scores[slot]);
                cross.CopyTo(_cross.AsSpan(at * width));
                _kept.Add(slot);
            }

            return _kept.Count;
        }

        /// <summary>Adds the request, with the slots in which its items were shown.</summary>
        public void AddTo(CapturedFeatures captured, Exposure exposure)
        {
            var cross = _cross.AsSpan(0, Count * encoder.CrossWidth);
            encoder.SetPositions(cross, _positions.AsSpan(0, Count));
            captured.Add(exposure.UserId, exposure.UnixMilliseconds, exposure.UserFeatures, _rows.AsSpan(0, Count), _origins.AsSpan(0, Count), _scores.AsSpan(0, Count), cross);
        }
    }
}
