using CsCheck;

namespace LineRec.Rerank.Tests.NoAdjacent;

public class MajorityTests
{
    [Fact]
    public void Finds_what_counting_finds() => Gen.Int[-1, 2].Array[0, 9].Sample(codes =>
    {
        var best = codes.Where(c => c >= 0).GroupBy(c => c).FirstOrDefault(g => 2 * g.Count() > codes.Length);
        int value = Majority.Find(codes, out int count);
        Assert.Equal(best is null ? (-1, 0) : (best.Key, best.Count()), (value, count));
    });
}
