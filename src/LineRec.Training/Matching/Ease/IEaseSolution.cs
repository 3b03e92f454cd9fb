namespace LineRec.Training;

/// <summary>The inverse that EASE's scores come from.</summary>
internal interface IEaseSolution
{
    void Score(int user, ReadOnlySpan<int> history, Span<float> scores);
}
