using LineRec.Conformance;

namespace LineRec.Retrieval.Faiss.Tests;

public class CompletenessTests
{
    [Fact]
    public void Every_public_component_has_a_conformance_suite() =>
        Assert.Empty(ConformanceCompleteness.Missing(typeof(FaissIndex).Assembly, typeof(CompletenessTests).Assembly));
}
