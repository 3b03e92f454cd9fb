using LineRec.Features;

namespace LineRec.Training;

/// <summary>How a two-tower model is trained. The defaults suit shops of some thousand to some hundred thousand items.</summary>
public sealed record TwoTowerOptions
{
    /// <summary>The length of the vectors, of the raw item rows as well as of what the towers give. 1 or more.</summary>
    public int Dimension { get; init; } = 64;

    /// <summary>How often the examples are gone through at the most. 1 or more.</summary>
    public int Epochs { get; init; } = 15;

    /// <summary>After how many epochs without a better validation recall the first fit ends. 1 or more.</summary>
    public int Patience { get; init; } = 4;

    /// <summary>Positives a step, about. 2 or more.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Lazy Adam's highest rate on the tables; it rises over the first steps and then falls to 0. Over 0.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Adam's highest rate on the towers' dense layers. Over 0.</summary>
    public double DenseLearningRate { get; init; } = 0.002;

    /// <summary>The steps over which the rates rise; at most a tenth of all steps is used. 0 or more.</summary>
    public int WarmUpSteps { get; init; } = 200;

    /// <summary>What is made small.</summary>
    public TwoTowerLoss Loss { get; init; } = TwoTowerLoss.SampledSoftmax;

    /// <summary>What the cosine is divided by in the softmax and in BPR. Over 0.</summary>
    public double Temperature { get; init; } = 0.08;

    /// <summary>What the cosine contrastive loss doesn't mind a negative's cosine to be. From -1 to under 1; other losses ignore it.</summary>
    public double ContrastiveMargin { get; init; } = 0.2;

    /// <summary>What the negatives weigh in the cosine contrastive loss, a positive being 1. Over 0; other losses ignore it.</summary>
    public double ContrastiveWeight { get; init; } = 5;

    /// <summary>Whether a step's positives are negatives of its other examples. Ignored where <see cref="UniformNegatives"/> draws all items.</summary>
    public bool InBatchNegatives { get; init; } = true;

    /// <summary>How popular items' being drawn more often is made up for. Ignored where <see cref="UniformNegatives"/> draws all items.</summary>
    public LogQCorrection LogQ { get; init; } = LogQCorrection.Counted;

    /// <summary>
    /// Negatives a step that are drawn evenly from the items that were ever a positive or in a history. Where this is as many as
    /// there are, the softmax is exact and no positives of the batch are used as negatives. 0 or more; 0 leaves those of the batch only.
    /// </summary>
    public int UniformNegatives { get; init; } = 4096;

    /// <summary>
    /// Negatives that the model of the moment takes for good ones, beside those of the batch and the evenly drawn ones; null: none. Ignored
    /// where <see cref="UniformNegatives"/> draws all items.
    /// </summary>
    public HardNegativeOptions? HardNegatives { get; init; }

    /// <summary>
    /// What was shown to the user and not chosen, as negatives beside those of the batch and the evenly drawn ones, or instead of them; null: none. They
    /// seldom help retrieval: see <see cref="ImpressionNegativeOptions"/>.
    /// </summary>
    public ImpressionNegativeOptions? ImpressionNegatives { get; init; }

    /// <summary>
    /// Which items of a user's history are pooled, with which weights; serving pools with the same. Its table "item" is the item tower's own: both towers
    /// learn one row an item. Any other name gives histories a table of their own, which doubles the parameters (see <see cref="TwoTowerReport.Parameters"/>).
    /// </summary>
    public HistoryPooling HistoryPooling { get; init; } = new();

    /// <summary>
    /// What reads those items in their order, instead of their weighted sum alone; <see cref="HistoryPooling"/> still says which they are. Training and
    /// each request then cost more.
    /// </summary>
    public SequenceModel SequenceModel { get; init; } = SequenceModel.None;

    /// <summary>The weight of an event as a positive by the number of its type (see <see cref="EventType"/>); 0 makes it none.</summary>
    public IReadOnlyList<float> PositiveWeights { get; init; } = [0f, 1f, 1f, 1f, 1f, 0f];

    /// <summary>How long after the moment of an example its positives may come; zero takes those of the very moment (a basket, a click). 0 or more.</summary>
    public TimeSpan TargetWindow { get; init; } = TimeSpan.Zero;

    /// <summary>Whether items of the history are no positives, for placements that only show what is new to the user; validation leaves them out too.</summary>
    public bool ExcludeRepeats { get; init; }

    /// <summary>
    /// Only moments after this time are examples; histories reach further back. Null: all. <see cref="TwoTowerState.TrainedUntil"/> trains on
    /// what is new only.
    /// </summary>
    public DateTimeOffset? ExamplesAfter { get; init; }

    /// <summary>How many moments of one user are examples at the most, the newest. 1 or more.</summary>
    public int MaxExamplesPerUser { get; init; } = 100;

    /// <summary>The hidden width of the user tower's residual layers; 0 leaves them out.</summary>
    public int UserHiddenWidth { get; init; }

    /// <summary>The hidden width of the item tower's residual layers; 0 leaves them out.</summary>
    public int ItemHiddenWidth { get; init; }

    /// <summary>
    /// The names of the item features' columns, as many as there are, so that <see cref="TwoTowerTrainer.Continue"/> notices when they
    /// change their places; empty compares their number only.
    /// </summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The length of category embeddings; 0, or a catalog without a category column, leaves them out.</summary>
    public int CategoryDimension { get; init; } = 16;

    /// <summary>
    /// The last share of the positive events in time that validates. 0 or more and under 1; 0 goes through all the epochs on everything, with
    /// the first popularity exponent (or, going on from an earlier model, with that one's): for a refresh with what an earlier training chose.
    /// </summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>How many validation examples are looked at, the most; drawn evenly. 1 or more. Catalogs of over 100,000 items get fewer.</summary>
    public int MaxValidationExamples { get; init; } = 5000;

    /// <summary>
    /// The powers of an item's popularity that its vector's length is tried with on validation; the best is kept, so that the plain
    /// inner product ranks. One value fixes it; 0 is cosine.
    /// </summary>
    public IReadOnlyList<double> PopularityExponents { get; init; } = [0, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3];

    /// <summary>Whether, with the number of epochs chosen, a model is fitted anew on all events. Doubles the time.</summary>
    public bool RetrainOnAll { get; init; } = true;

    /// <summary>When training stops early, or null. A run that was stopped by it isn't reproducible.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The seed of everything that is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether histories and the item tower read one table.</summary>
    internal bool SharesItemTable => HistoryPooling.Table == TwoTowerTables.Item;

    /// <summary>Whether impressions are neither positives nor in histories.</summary>
    internal bool LeavesImpressionsOut => TwoTowerExamples.WeightOf(this, EventType.Impression) == 0 && HistoryPooling.TypeWeights is [] or [0f, ..];

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">Values are out of their range; the message names them all.</exception>
    public void Validate()
    {
        HistoryPooling.Validate();
        List<string> errors = [];
        void Require(bool holds, string name, object value, string rule)
        {
            if (!holds) errors.Add($"{nameof(TwoTowerOptions)}.{name} is {value}; it must be {rule}.");
        }

        Require(Dimension >= 1, nameof(Dimension), Dimension, "1 or more");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "1 or more");
        Require(Patience >= 1, nameof(Patience), Patience, "1 or more");
        Require(BatchSize >= 2, nameof(BatchSize), BatchSize, "2 or more");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "over 0");
        Require(DenseLearningRate > 0 && double.IsFinite(DenseLearningRate), nameof(DenseLearningRate), DenseLearningRate, "over 0");
        Require(WarmUpSteps >= 0, nameof(WarmUpSteps), WarmUpSteps, "0 or more");
        Require(Temperature > 0 && double.IsFinite(Temperature), nameof(Temperature), Temperature, "over 0");
        Require(Enum.IsDefined(Loss), nameof(Loss), Loss, "one of its names");
        Require(Enum.IsDefined(LogQ), nameof(LogQ), LogQ, "one of its names");
        Require(Enum.IsDefined(SequenceModel), nameof(SequenceModel), SequenceModel, "one of its names");
        Require(ContrastiveMargin is >= -1 and < 1, nameof(ContrastiveMargin), ContrastiveMargin, "from -1 to under 1");
        Require(ContrastiveWeight > 0 && double.IsFinite(ContrastiveWeight), nameof(ContrastiveWeight), ContrastiveWeight, "over 0");
        Require(UniformNegatives >= 0, nameof(UniformNegatives), UniformNegatives, "0 or more");
        Require(UniformNegatives > 0 || InBatchNegatives, nameof(UniformNegatives), UniformNegatives, "over 0 without InBatchNegatives");
        Require(HardNegatives is not { Count: < 1 }, nameof(HardNegatives), HardNegatives!, "of a Count of 1 or more");
        Require(HardNegatives is not { Skip: < 0 }, nameof(HardNegatives), HardNegatives!, "of a Skip of 0 or more");
        Require(HardNegatives is null || HardNegatives.Window >= HardNegatives.Count, nameof(HardNegatives), HardNegatives!, "of a Window of Count or more");
        Require(HardNegatives is not { RefreshSteps: < 1 }, nameof(HardNegatives), HardNegatives!, "of RefreshSteps of 1 or more");
        Require(ImpressionNegatives is not { Count: < 1 }, nameof(ImpressionNegatives), ImpressionNegatives!, "of a Count of 1 or more");
        Require(ImpressionNegatives is null || ImpressionNegatives.Within >= TimeSpan.Zero, nameof(ImpressionNegatives), ImpressionNegatives!, "of a Within of 0 or more");
        Require(ImpressionNegatives is null || (ImpressionNegatives.Weight > 0 && double.IsFinite(ImpressionNegatives.Weight)), nameof(ImpressionNegatives), ImpressionNegatives!, "of a Weight over 0");
        Require(ImpressionNegatives is null || HardNegatives is null, nameof(ImpressionNegatives), ImpressionNegatives!, "null beside HardNegatives; choose one of them");
        Require(ImpressionNegatives is null || LeavesImpressionsOut, nameof(ImpressionNegatives), ImpressionNegatives!, "null where PositiveWeights or HistoryPooling.TypeWeights give impressions a weight");
        Require(PositiveWeights.All(w => w >= 0 && float.IsFinite(w)) && PositiveWeights.Any(w => w > 0), nameof(PositiveWeights), string.Join(" ", PositiveWeights), "finite, 0 or more, and not all 0");
        Require(HistoryPooling.Table is not (TwoTowerTables.Category or TwoTowerTables.Scale), "HistoryPooling.Table", HistoryPooling.Table, "another name; the towers have a table of this one");
        Require(TargetWindow >= TimeSpan.Zero, nameof(TargetWindow), TargetWindow, "0 or more");
        Require(MaxExamplesPerUser >= 1, nameof(MaxExamplesPerUser), MaxExamplesPerUser, "1 or more");
        Require(UserHiddenWidth >= 0, nameof(UserHiddenWidth), UserHiddenWidth, "0 or more");
        Require(ItemHiddenWidth >= 0, nameof(ItemHiddenWidth), ItemHiddenWidth, "0 or more");
        Require(CategoryDimension >= 0, nameof(CategoryDimension), CategoryDimension, "0 or more");
        Require(ValidationShare is >= 0 and < 1, nameof(ValidationShare), ValidationShare, "0 or more and under 1");
        Require(MaxValidationExamples >= 1, nameof(MaxValidationExamples), MaxValidationExamples, "1 or more");
        Require(PopularityExponents.Count > 0 && PopularityExponents.All(double.IsFinite), nameof(PopularityExponents), string.Join(" ", PopularityExponents), "one finite value or more");
        Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit ?? TimeSpan.Zero, "over 0");
        if (errors.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, errors));
    }
}
