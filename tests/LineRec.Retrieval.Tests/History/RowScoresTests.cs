using CsCheck;

namespace LineRec.Retrieval.Tests.History;

public class RowScoresTests
{
    [Fact]
    public void Adds_up_like_a_dictionary_request_after_request()
    {
        var scores = new RowScores();
        Gen.Select(Gen.Int[0, 3000], Gen.Int[-8, 8]).Array[0, 5000].Sample(
            adds =>
            {
                scores.Reset();
                var expected = new Dictionary<int, float>();
                foreach (var (row, add) in adds)
                {
                    scores.Add(row, add);
                    expected[row] = expected.GetValueOrDefault(row) + add;
                }

                Assert.Equal(expected.Count, scores.Count);
                for (int i = 0; i < scores.Count; i++) Assert.Equal(expected[scores.Rows[i]], scores.Scores[i]);
                for (int row = 0; row < 3100; row++)
                {
                    Assert.Equal(expected.GetValueOrDefault(row), scores[row]);
                    Assert.Equal(expected.ContainsKey(row), scores.Contains(row));
                }
            },
            iter: 50,
            threads: 1);
    }
}
